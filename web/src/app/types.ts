// What the API sends, as the pages use it: openapi.json marks what a body may leave out, here stands what an answer always has.
// contract_types.ts fails `npm run check` when a name here is not in openapi.json.
export type Language = 'zh' | 'en' | 'ru';
export type Text = { zh?: string; en?: string; ru?: string };
export type Money = { amount: string; currency: string };
export type Quantity = { value: number; unit: string };
export type Readiness = { scale: string; level: number };
export type Problem = { field: string; code: string; detail: string };
export type Page<T> = { items: T[]; next?: string | null; total: number };
export type AnyRecord = Record<string, unknown>;

export type Figure = { indicator: string; low: number; high?: number; unit: string; conditions?: Text; source: string; status: string };
export type Evidence = { kind: string; title: Text; year?: number; country?: string };
export type ReadinessEvidence = { level: number; shows: Text; kind: string; year?: number; link?: string; document?: string };
export type Keywords = { zh?: string[]; en?: string[]; ru?: string[] };
export type Provenance = { peer: string; peer_name: string; country: string; identifier: string; page?: string; holder_name?: Text; number?: number; changed_at: string; harvested_at: string; poor?: boolean };
type Stored = { id: string; state?: string; sample?: boolean; created_at?: string; updated_at?: string };
type Entry = Stored & { peer?: string; provenance?: Provenance };

export type Technology = Entry & {
    title: Text; summary: Text; description?: Text; holder: string; field: string; classes?: string[]; readiness: Readiness; readiness_evidence?: ReadinessEvidence[]; figures?: Figure[];
    capacity_min?: Quantity; capacity_max?: Quantity; capital_cost?: Money; capital_cost_per?: string; operating_cost?: Money; operating_cost_per?: string;
    territories?: string[]; cooperation?: string[]; traits?: string[]; evidence?: Evidence[]; keywords?: Keywords; origin: string;
};
export type Requirement = { indicator: string; comparison: string; value: number; unit: string; hard: boolean };
export type Need = Entry & {
    owner: string; title: Text; summary: Text; description?: Text; field: string; classes?: string[]; requirements?: Requirement[];
    capacity?: Quantity; budget?: Money; readiness_min?: Readiness; country: string; place?: Text; required_traits?: string[]; excluded_traits?: string[];
    evidence_min?: number; keywords?: Keywords; deadline?: string;
};
export type CapitalOffer = Entry & {
    provider: string; title: Text; summary: Text; kind: string; amount_min?: Money; amount_max?: Money; tenor_min?: number; tenor_max?: number; rate?: Text;
    countries?: string[]; fields?: string[]; classes?: string[]; stages?: string[]; collateral?: string[]; conditions?: Text;
};
export type Organisation = Stored & { name: Text; kind: string; country: string; city?: Text; about?: Text };

export type Peer = { id: string; name: string; country: string; base_url: string; format?: string; every_hours?: number; paused: boolean; pause_reason?: string; harvested_at?: string; job?: string };
export type PeerTest = { repository: string; home: string; format: string; formats?: string[]; earliest: string; keeps_deletes: boolean };
export type HarvestCounts = { pages: number; records: number; created: number; updated: number; deleted: number; unchanged: number; returned: number; refused: number };
export type Harvest = { id: string; peer: string; job: string; state: string; full: boolean; resumed: boolean; counts: HarvestCounts; error?: string; started_at: string; ended_at?: string };
export type HarvestFault = { id: string; harvest: string; identifier: string; place: string; code: string; sentence: string };
export type Twin = { id: string; kind: string; entry: string; other: string; entry_title: Text; other_title: Text; peer_name: string; likeness: string; similarity: number; state: string };

export type Membership = { organisation: string; organisation_name: Text; role: string };
export type Session = {
    signed_in: boolean; person?: { id: string; name: string; email: string; language?: Language; second_factor?: boolean };
    organisation?: { id: string; name: Text }; memberships?: Membership[]; rights?: string[]; setup_needed?: boolean; sample_loaded?: boolean; version?: string;
};

export type SearchItem = {
    kind: string; peer?: string; id: string; title: Text; summary?: Text; field?: string; country?: string; score?: number; title_highlight?: string; summary_highlight?: string;
    sample?: boolean; partial?: boolean; readiness?: Readiness; state?: string; updated_at?: string; // the last three are shown where the server sends them
};
export type Facet = { name: string; values: { value: string; count: number }[] };
export type SearchAnswer = { items: SearchItem[]; facets: Facet[]; total: number; relaxed?: boolean; partial?: number; corrected?: { typed: string; read_as: string }[] };
export type Notice = { id: string; saved_search: string; search_name: string; kind: string; entry: string; title: Text; change: string; at: string; unread: boolean };
export type NoticeBox = { unread: number; items: Notice[] };
export type Suggestion = { text: string; documents: number };
export type FoundRow = { kind: string; row: string; title: Text };
export type Reference = { code: string; parent?: string; name: Text; unit?: string; better?: string; status?: string };

export type MatchValue = string | number | Text | Quantity | Money | null | undefined;
export type MatchRule = { rule: string; passed: boolean; need_value?: MatchValue; technology_value?: MatchValue; sentence: Text | string };
export type MatchCriterion = {
    criterion: string; weight_points: number; score_points: number; contribution_points: number;
    need_value?: MatchValue; technology_value?: MatchValue; sentence: Text | string;
};
export type MatchItem = {
    technology: string; title: Text; summary?: Text; holder_name?: Text; field?: string; origin?: string; readiness?: Readiness;
    score_points: number; rules: MatchRule[]; criteria: MatchCriterion[];
};
export type MatchAnswer = {
    need?: { id: string; title: Text }; considered: number; excluded: number; weights_edition?: string; excluded_by: { rule: string; count: number }[]; items: MatchItem[];
};
export type Exclusion = { technology: string; title: Text; rule: string; need_value?: MatchValue; technology_value?: MatchValue; sentence: Text | string };

export type Home = {
    counts: Record<string, number>; fields: { field: string; technologies: number; needs: number; capital_offers: number }[];
    readiness: { level: number; count: number }[]; countries: { country: string; technologies: number; needs: number }[];
    budgets: { field: string; need_budget?: Money; capital_max?: Money }[]; recent: { kind: string; id: string; title: Text; at: string }[];
    waiting: { kind: string; id: string; title: Text; what: string }[]; failed_jobs: number;
};

export type Job = {
    id: string; kind: string; state: 'queued' | 'running' | 'done' | 'failed' | 'cancelled'; done: number; total: number; message?: string; error?: string;
    result?: string; created_at: string; started_at?: string; finished_at?: string; created_by?: string;
};
export type AuditItem = {
    id: string; at: string; person?: string; person_name?: string; organisation?: string; address?: string; operation: string; record?: string;
    record_id?: string; outcome: string; changes?: { record: string; id: string; before?: unknown; after?: unknown }[];
};
export type Member = { id: string; person: string; name: string; email: string; role: string; second_factor?: boolean; created_at?: string };
export type Invitation = { id: string; email: string; role: string; organisation: string; expires_at?: string; link?: string };
export type OpenSession = { id: string; created_at: string; seen_at?: string; address?: string; agent?: string; current?: boolean };
export type Token = { id: string; name: string; rights?: string[]; created_at?: string; expires_at?: string; used_at?: string; token?: string };
