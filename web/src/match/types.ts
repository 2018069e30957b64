// What the match answers beside technologies for a need.
import type { Job, MatchAnswer, MatchCriterion, MatchItem, MatchRule, Money, Text } from '@/app/types';

/** A rule and a criterion as the pages show them, whatever the two sides are called. */
export type Judged = { rule: string; passed: boolean; left?: string; right?: string; sentence: string };
export type Scored = { criterion: string; weight_points: number; score_points: number; contribution_points: number; left?: string; right?: string; sentence: string };

export type HolderHalf = { score_points: number; rules: MatchRule[]; criteria: MatchCriterion[] };
export type TwoSided = { holder_half?: HolderHalf; mutual_score_points?: number };
export type MutualItem = MatchItem & TwoSided;
export type MutualAnswer = Omit<MatchAnswer, 'items'> & { items: MutualItem[]; refused?: { technology: string; title: Text; score_points: number; rules: MatchRule[] }[] };
export type NeedMatchItem = { need: string; title: Text; summary?: Text; owner?: string; owner_name?: Text; field: string; country: string; budget?: Money; deadline?: string; score_points: number; rules: MatchRule[]; criteria: MatchCriterion[] } & TwoSided;
export type NeedMatchList = { technology: { id?: string; title: Text }; considered: number; excluded: number; weights_edition: string; excluded_by: { rule: string; count: number }[]; items: NeedMatchItem[] };
export type NeedExclusion = { need: string; title: Text; rule: string; need_value?: string; technology_value?: string; sentence: string };

type CapitalRule = { rule: string; passed: boolean; asked?: string; offered?: string; sentence: string };
type CapitalCriterion = { criterion: string; weight_points: number; score_points: number; contribution_points: number; asked?: string; offered?: string; sentence: string };
export type CapitalItem = { offer: string; title: Text; summary?: Text; provider_name?: Text; kind: string; score_points: number; rules: CapitalRule[]; criteria: CapitalCriterion[] };
export type CapitalList = { asked: { title: Text; amount?: Money; part_welcome: boolean; tenor?: number; collateral: string[]; stage?: string; country: string }; considered: number; excluded: number; weights_edition: string; excluded_by: { rule: string; count: number }[]; items: CapitalItem[]; exclusions: { offer: string; title: Text; kind: string; rules: CapitalRule[] }[] };

type ExpertRule = { rule: string; passed: boolean; need_value?: string; expert_value?: string; sentence: string };
type ExpertCriterion = { criterion: string; weight_points: number; score_points: number; contribution_points: number; need_value?: string; expert_value?: string; sentence: string };
export type ExpertItem = { expert: string; name: Text; post?: Text; country: string; languages: string[]; score_points: number; rules: ExpertRule[]; criteria: ExpertCriterion[] };
export type ExpertList = { need: { id?: string; title: Text }; considered: number; excluded: number; excluded_by: { rule: string; count: number }[]; items: ExpertItem[]; exclusions: { expert: string; name: Text; rules: ExpertRule[] }[] };

export type MatchRun = { id: string; job: string; state: string; top: number; needs: number; technologies: number; answered: number; fresh: number; weights_edition: string; previous?: string; person_name: string; started_at: string; ended_at?: string; kept: boolean };
export type MatchFound = { technology: string; title: Text; score_points: number; contribution_points: number[]; fresh: boolean; rank_before?: number };
export type MatchResult = { id: string; need: string; title: Text; items: MatchFound[]; fresh: number; gone: number };
export type StablePair = { need: string; need_title: Text; technology: string; technology_title: Text; need_score_points: number; holder_score_points: number; need_rank: number; holder_rank: number };
export type StableView = { proposing: string; needs: number; technologies: number; proposals: number; blocking_pairs: number; seed: number; weights_edition: string; pairs: StablePair[]; needs_alone: { id?: string; title: Text }[] };

export type Weight = { criterion: string; weight_points: number };
export type Tally = { right: number; wrong: number; tied: number };
export type RankMove = { need: string; need_title: Text; technology: string; technology_title: Text; rank_before?: number; rank_after?: number; score_points_before: number; score_points_after: number };
export type WeightsReport = { feedback: number; pairs: number; needs: number; loss_before: number; loss_after: number; before: Tally; after: Tally; held_before: Tally; held_after: Tally; needs_compared: number; best_changed: number; entered: number; mean_move: number; moves: RankMove[] };
export type WeightsEdition = { id: string; edition: string; based_on: string; origin: string; state: string; criteria_before: Weight[]; criteria: Weight[]; report: WeightsReport; note?: string; proposed_by: string; proposed_by_name: string; proposed_at: string; decided_by_name: string; decided_at?: string; ended_at?: string; decision?: string; sample: boolean; version: number };
export type RunJob = Job;
