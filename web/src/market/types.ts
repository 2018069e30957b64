// What the pages of the market read.
import type { components } from '@/generated/api';

type Schemas = components['schemas'];
export type Market = Schemas['market'] & { rules: Schemas['market_rules'][] };
export type View = Schemas['market_view'] & { bids: Schemas['depth_row'][]; asks: Schemas['depth_row'][] };
export type Own = Schemas['market_own_view'] & { orders: Schemas['market_own_order'][] };
export type Day = Schemas['market_day'];
export type Deal = Schemas['market_deal'];
export type Check = Schemas['market_order_check'];
export type Answers = { answers: Schemas['market_order_answer'][] };
export type Holding = Schemas['carbon_holding'];
export type Obligation = Schemas['obligation_view'];
export type Certificate = Schemas['retirement_view'];
export type Issuance = Schemas['issuance'];
export type Auction = Schemas['carbon_auction'];
export type Pledge = Schemas['carbon_pledge'];
export type PledgeValue = Schemas['pledge_value'];
export type Block = Schemas['block_trade'];
export type RegistryAccount = Schemas['registry_account'];
export type Holder = Schemas['market_holder'];
