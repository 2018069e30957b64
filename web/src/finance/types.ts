// What the pages of finance read.
import type { components } from '@/generated/api';

type Schemas = components['schemas'];
export type Request = Schemas['financing_request'];
export type RequestView = Schemas['financing_request_view'];
export type Offer = Schemas['financing_offer'];
export type Loan = Schemas['loan'];
export type LoanView = Schemas['loan_view'];
export type Pool = Schemas['risk_pool'];
export type Claim = Schemas['pool_claim'];
