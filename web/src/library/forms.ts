// How the fields of each record are grouped in its form; fields named nowhere come last by themselves.
import { t } from '@/app/language';
import type { Section } from '@/patterns/RecordForm.vue';

const about = () => ({ title: t('form.about'), text: t('form.about_text') });
const money = () => ({ title: t('form.money') });

export const sections: Record<string, () => Section[]> = {
    technology: () => [
        { ...about(), fields: ['title', 'summary', 'description', 'holder', 'origin', 'keywords'] },
        { title: t('form.class'), fields: ['field', 'readiness', 'classes', 'traits'] },
        { title: t('form.readiness_evidence'), text: t('form.readiness_evidence_text'), fields: ['readiness_evidence'] },
        { title: t('form.figures'), text: t('form.figures_text'), fields: ['figures'] },
        { ...money(), fields: ['capacity_min', 'capacity_max', 'capital_cost', 'capital_cost_per', 'operating_cost', 'operating_cost_per'] },
        { title: t('form.rights'), fields: ['cooperation', 'contract_min', 'territories'] },
        { title: t('form.evidence'), text: t('form.evidence_text'), fields: ['evidence'] },
    ],
    need: () => [
        { ...about(), fields: ['title', 'summary', 'description', 'owner', 'country', 'place', 'deadline', 'keywords'] },
        { title: t('form.requirements'), text: t('form.requirements_text'), fields: ['requirements'] },
        { title: t('form.class'), fields: ['field', 'readiness_min', 'classes', 'required_traits', 'excluded_traits', 'evidence_min'] },
        { ...money(), fields: ['capacity', 'budget', 'cooperation'] },
    ],
    capital_offer: () => [
        { ...about(), fields: ['title', 'summary', 'provider', 'kind'] },
        { ...money(), fields: ['amount_min', 'amount_max', 'tenor_min', 'tenor_max', 'rate'] },
        { title: t('form.for_whom'), fields: ['fields', 'countries', 'stages', 'classes'] },
        { title: t('form.terms'), fields: ['collateral', 'conditions'] },
    ],
};
