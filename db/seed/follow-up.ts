/** What happened to a funded proposal, from the council's act to the finished work. */
export interface SeedMilestone {
  readonly stage: 'formalised' | 'design' | 'tender' | 'works' | 'finished' | 'delayed';
  /** ISO date in Lima's calendar. */
  readonly happenedOn: string;
  /** Everything spent on the proposal up to that day. */
  readonly spentCents: number;
  readonly note: { readonly es: string; readonly en: string };
}

interface Step {
  readonly stage: SeedMilestone['stage'];
  /** Month and day of the fiscal year. */
  readonly on: string;
  readonly spentPercent: number;
  readonly es: string;
  readonly en: string;
}

const DESIGN: Step = {
  stage: 'design',
  on: '02-17',
  spentPercent: 3,
  es: 'Expediente técnico encargado y visitado en el lugar con los vecinos.',
  en: 'Technical file commissioned and checked on site with the neighbours.',
};
const TENDER: Step = {
  stage: 'tender',
  on: '04-22',
  spentPercent: 5,
  es: 'Convocatoria publicada en el SEACE, el sistema nacional de contrataciones.',
  en: 'Call for tenders published in SEACE, the national procurement system.',
};

/** Five ways in which a year goes; each proposal follows one, by its number. */
const STORIES: readonly (readonly Step[])[] = [
  [
    DESIGN,
    TENDER,
    {
      stage: 'works',
      on: '06-09',
      spentPercent: 38,
      es: 'Trabajos iniciados, con cartel de obra y comité de vecinos.',
      en: 'Work started, with a works sign and a neighbours’ committee.',
    },
    {
      stage: 'finished',
      on: '10-14',
      spentPercent: 97,
      es: 'Terminado y entregado. El saldo vuelve al fondo.',
      en: 'Finished and handed over. What was left returns to the fund.',
    },
  ],
  [
    DESIGN,
    {
      ...TENDER,
      on: '05-20',
    },
    {
      stage: 'works',
      on: '08-04',
      spentPercent: 41,
      es: 'Trabajos en marcha; avance físico de 40 %.',
      en: 'Work under way; 40% built.',
    },
    {
      stage: 'works',
      on: '10-27',
      spentPercent: 66,
      es: 'Avance físico de 65 %, según el comité de vigilancia.',
      en: '65% built, according to the oversight committee.',
    },
  ],
  [
    DESIGN,
    { ...TENDER, on: '06-11' },
    {
      stage: 'delayed',
      on: '08-19',
      spentPercent: 5,
      es: 'Retrasado: ninguna empresa cumplió los requisitos y el concurso quedó desierto. Se convoca de nuevo con plazos más amplios.',
      en: 'Delayed: no company met the requirements and the tender failed. It is called again with longer deadlines.',
    },
    {
      stage: 'tender',
      on: '10-06',
      spentPercent: 6,
      es: 'Segunda convocatoria publicada.',
      en: 'Second call for tenders published.',
    },
  ],
  [
    DESIGN,
    {
      stage: 'delayed',
      on: '05-13',
      spentPercent: 4,
      es: 'Retrasado: falta la autorización de la Autoridad Nacional del Agua. El expediente está completo desde abril.',
      en: 'Delayed: the permit of the National Water Authority is missing. The file has been complete since April.',
    },
    { ...TENDER, on: '09-02', spentPercent: 5 },
  ],
  [
    DESIGN,
    TENDER,
    {
      stage: 'works',
      on: '07-07',
      spentPercent: 47,
      es: 'Compra recibida y equipo instalado en la primera mitad de los lugares.',
      en: 'Purchase received and equipment installed in the first half of the places.',
    },
    {
      stage: 'finished',
      on: '11-05',
      spentPercent: 100,
      es: 'Terminado. El comité de vigilancia firmó el acta de conformidad.',
      en: 'Finished. The oversight committee signed the certificate of acceptance.',
    },
  ],
];

/** Neighbouring numbers follow different stories. */
function storyOf(number: number): readonly Step[] {
  return STORIES[number % STORIES.length] ?? [];
}

/**
 * The milestones of a proposal that won, up to `today`, oldest first. Who won comes from the real
 * tally; only what followed is invented, by the proposal's number.
 * `formalisedOn` and `today` are ISO dates; the rest happens within the fiscal year.
 */
export function followUp(
  proposal: { readonly number: number; readonly costCents: number },
  fiscalYear: number,
  formalisedOn: string,
  today: string,
): SeedMilestone[] {
  const act: SeedMilestone = {
    stage: 'formalised',
    happenedOn: formalisedOn,
    spentCents: 0,
    note: {
      es: 'Incorporado al presupuesto institucional por acuerdo de concejo (demostración).',
      en: 'Entered in the municipal budget by agreement of the council (demonstration).',
    },
  };
  const steps = storyOf(proposal.number).map((step) => ({
    stage: step.stage,
    happenedOn: `${fiscalYear}-${step.on}`,
    spentCents: Math.floor((proposal.costCents * step.spentPercent) / 100),
    note: { es: step.es, en: step.en },
  }));
  return [act, ...steps].filter(({ happenedOn }) => happenedOn <= today);
}
