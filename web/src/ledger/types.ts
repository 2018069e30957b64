// What the ledger's pages read.
import type { components } from '@/generated/api';

type Schemas = components['schemas'];
export type Account = Schemas['account_view'];
export type Statement = Schemas['statement_view'];
export type StatementLine = Schemas['account_statement_line'];
export type Order = Schemas['transfer_order'];
export type TrialBalance = Schemas['trial_balance'];
export type Reconciliation = Schemas['reconciliation'];
export type Revaluation = Schemas['revaluation'];
export type Check = Schemas['statement_check'];
export type Asset = Schemas['asset'];
