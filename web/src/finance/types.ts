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
export type Warning = Schemas['loan_warning'];
export type Cover = Schemas['insurance_cover'];
export type InsuranceClaim = Schemas['insurance_claim'];
export type StressRun = Schemas['stress_run'];
export type Green = Schemas['green_identification'];
export type GreenEmissions = Schemas['green_emissions'];
export type GreenRules = Schemas['green_rules'];
export type Bond = Schemas['green_bond'];
export type BondReport = Schemas['bond_report'];
export type Lease = Schemas['finance_lease'];
export type GuaranteeCall = Schemas['guarantee_call'];
export type Fund = Schemas['green_fund'];
export type FundLife = Schemas['fund_life'];
export type Hazard = Schemas['hazard_model'];
export type SentNotice = Schemas['sent_notice'];
export type BiodiversityReport = Schemas['biodiversity_report'];
export type BiodiversityProduct = Schemas['biodiversity_product'];
export type Regional = Schemas['regional_view'];
