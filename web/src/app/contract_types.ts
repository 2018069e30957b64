// Compile-time only: the paths of openapi.json, and that our views of its records name no field that is not there.
import type { components, paths } from '@/generated/api';
import type * as views from './types';

type Filled<Path extends string> = Path extends `${infer Head}{${string}}${infer Tail}` ? `${Head}${string}${Filled<Tail>}` : Path;
type Under<Path> = Path extends `/api/v1${infer Rest}` ? Rest : never;
type Has<Path extends keyof paths, Method extends string> = Method extends keyof paths[Path] ? (paths[Path][Method] extends undefined ? never : Path) : never;
/** '/needs/{id}/matches' becomes `/needs/${string}/matches`; a path that the server does not have does not compile. */
export type ApiPath<Method extends string> = { [Path in keyof paths]: Filled<Under<Has<Path, Method>>> }[keyof paths];

type Schemas = components['schemas'];
export type Extra<View, Name extends keyof Schemas> = Exclude<keyof View, keyof Schemas[Name]>;
export type None<Names extends never> = Names;
export type Agreement = [
    None<Extra<views.Technology, 'technology'>>, None<Extra<views.Need, 'need'>>, None<Extra<views.CapitalOffer, 'capital_offer'>>, None<Exclude<Extra<views.Organisation, 'organisation'>, 'state'>>,
    None<Extra<views.Figure, 'figure'>>, None<Extra<views.Evidence, 'evidence'>>, None<Extra<views.Requirement, 'requirement'>>, None<Extra<views.Session, 'session_view'>>,
    None<Exclude<Extra<views.SearchItem, 'search_item'>, 'readiness' | 'state' | 'updated_at'>>, None<Extra<views.SearchAnswer, 'search_view'>>, None<Extra<views.Suggestion, 'suggest_item'>>, None<Extra<views.FoundRow, 'found_row'>>, None<Extra<views.Reference, 'term'>>,
    None<Extra<views.MatchAnswer, 'match_list'>>, None<Extra<views.MatchItem, 'match_item'>>, None<Extra<views.MatchRule, 'matched_rule'>>, None<Extra<views.MatchCriterion, 'matched_criterion'>>, None<Extra<views.Exclusion, 'exclusion'>>,
    None<Extra<views.Home, 'overview'>>, None<Extra<views.Job, 'job'>>, None<Extra<views.AuditItem, 'audit_entry'>>, None<Extra<views.Member, 'member'>>, None<Exclude<Extra<views.Invitation, 'invitation'>, 'link'>>,
    None<Extra<views.OpenSession, 'session_row'>>, None<Exclude<Extra<views.Token, 'api_token'>, 'token'>>,
];
