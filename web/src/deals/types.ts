// What the pages of deals read.
import type { components } from '@/generated/api';

type Schemas = components['schemas'];
export type Interest = Schemas['interest'];
export type InterestView = Schemas['interest_view'];
export type Message = Schemas['interest_message'];
export type Deal = Schemas['deal'];
export type DealView = Schemas['deal_view'];
export type Funnel = Schemas['funnel'];
export type Contract = Schemas['contract'];
export type ContractView = Schemas['contract_view'];
export type Milestone = Schemas['contract_milestone'];
export type Order = Schemas['escrow_order'];
export type Clause = Schemas['clause_text'];
export type ClauseTemplate = Schemas['clause_template'];
export type ValuationView = Schemas['valuation_view'];
export type Version = Schemas['contract_version'];
