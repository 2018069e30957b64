// What the server sends of the field and of charge points; agreement at the end.
import type { Extra, None } from '@/app/contract_types';
import type { Text } from '@/app/types';

export type Broker = { configured: boolean; connected: boolean; address: string; reason: string; connections: number; received: number; acknowledged: number; repeated: number; published: number; dropped: number };
export type Heard = { device: string; name: Text; messages: number; points: number; heard_at: string };
export type Node = { node: string; alive: boolean; heard_at: string; devices_alive: number; metrics: number; gaps: number; rebirths_asked: number };
export type Polled = { connection: string; address: string; reason: string; reads: number; failures: number; points: number; read_at?: string; next_at?: string };
export type Refusal = { reason: string; last: string; count: number; last_at: string };
export type FieldState = { broker: Broker; devices: Heard[]; nodes: Node[]; polling: boolean; polled: Polled[]; chargers_connected: number; refusals: Refusal[] };
export type Charger = { id: string; organisation: string; device: string; identity: string; vendor: string; model: string; serial: string; firmware: string; booted_at?: string; connected_at?: string; heard_at?: string; connected: boolean; sample?: boolean; version: number };
export type Connector = { id: string; number: number; status: string; error: string; info: string; since: string };
export type Session = { id: string; number: number; connector: number; tag: string; tag_status: string; started_at: string; meter_start_wh: number; stopped_at?: string; energy_wh?: number; reason: string };
export type Asked = { id: string; action: string; connector?: number; session_number?: number; state: string; answer: string; person_name: string; asked_at: string };
export type ChargerView = { charger: Charger; device_name: Text; connectors: Connector[]; sessions: Session[]; requests: Asked[]; may_run: boolean };

export type Agreement = [
    None<Extra<FieldState, 'field_state'>>, None<Extra<Broker, 'broker_view'>>, None<Extra<Heard, 'heard_device'>>, None<Extra<Node, 'edge_node'>>, None<Extra<Polled, 'polled_device'>>, None<Extra<Refusal, 'field_refusal'>>,
    None<Extra<Charger, 'charger'>>, None<Extra<Connector, 'charger_connector'>>, None<Extra<Session, 'charging_session'>>, None<Extra<Asked, 'charger_request'>>, None<Extra<ChargerView, 'charger_view'>>,
];
