// What the pages of the market read.
import type { components } from '@/generated/api';

type Schemas = components['schemas'];
export type Market = Schemas['market'];
export type View = Schemas['market_view'];
export type Own = Schemas['market_own_view'];
export type Day = Schemas['market_day'];
export type Deal = Schemas['market_deal'];
export type Check = Schemas['market_order_check'];
export type Answers = Schemas['market_order_answers'];
export type Holding = Schemas['carbon_holding'];
export type Obligation = Schemas['obligation_view'];
export type Certificate = Schemas['retirement_view'];
export type Issuance = Schemas['issuance'];
export type Auction = Schemas['carbon_auction'];
export type Pledge = Schemas['carbon_pledge'];
export type PledgeValue = Schemas['pledge_value'];
export type Block = Schemas['block_trade'];
export type RegistryAccount = Schemas['registry_account'];
