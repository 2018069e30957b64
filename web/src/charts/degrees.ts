// Degrees as each language writes them: 北纬 40°, 40° N, 40° с. ш.
import { t } from '@/app/language';

const write = { north: (degrees: string) => t('chart.north', { degrees }), south: (degrees: string) => t('chart.south', { degrees }), east: (degrees: string) => t('chart.east', { degrees }), west: (degrees: string) => t('chart.west', { degrees }) };
export function degree(value: number, positive: keyof typeof write, negative: keyof typeof write, places = 0) {
    const text = `${Math.abs(value).toFixed(places)}°`;
    return value === 0 || Math.abs(value) === 180 ? text : write[value > 0 ? positive : negative](text);
}
