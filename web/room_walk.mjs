// node room_walk.mjs ROOM… — only these rooms' steps
import { people } from './tests/people.mjs';
