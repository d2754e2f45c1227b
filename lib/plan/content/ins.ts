import type { DimensionWords } from './types';

export const INS: DimensionWords = {
  name: { es: 'Institucional', en: 'Institutional' },
  rows: {
    'INS-1': {
      label: { es: 'Buena atención al vecino', en: 'Good service to residents' },
      title: {
        es: 'Una municipalidad que atiende bien y rápido',
        en: 'A municipality that serves well and fast',
      },
      summary: {
        es: 'Que te atiendan con respeto, gente preparada, y que un trámite no te haga volver cinco veces.',
        en: 'Being served with respect by trained people, and no paperwork that makes you come back five times.',
      },
    },
    'INS-2': {
      label: { es: 'Primero lo urgente', en: 'What is urgent comes first' },
      title: {
        es: 'Gastar primero en lo urgente y en quien más necesita',
        en: 'Spend first on what is most needed',
      },
      summary: {
        es: 'Menos eventos y gastos que pueden esperar; más dinero para lo que la gente eligió y para los que menos tienen.',
        en: 'Fewer events and expenses that can wait; more money for what people chose and for those who have least.',
      },
    },
    'INS-3': {
      label: { es: 'Cobros justos', en: 'Fair charges' },
      title: {
        es: 'Impuestos y cobros justos, según la realidad',
        en: 'Fair taxes and charges, true to life',
      },
      summary: {
        es: 'Que los arbitrios y cobros municipales sean claros y acordes con lo que cada uno puede y recibe.',
        en: 'Municipal taxes and charges are clear and match what each person can pay and receives.',
      },
    },
  },
  objectives: {
    'INS-1-O1': {
      title: {
        es: 'Trabajadores bien elegidos y capacitados',
        en: 'Well-chosen, well-trained staff',
      },
      summary: {
        es: 'Escoger al personal por lo que sabe, enseñarle y reconocer al que atiende bien.',
        en: 'Choose staff for what they know, train them and reward those who serve well.',
      },
      competence: 'municipal',
    },
    'INS-1-O2': {
      title: {
        es: 'Trámites más cortos y respuestas que sirven',
        en: 'Shorter paperwork, useful answers',
      },
      summary: {
        es: 'Quitar papeles y pasos de más, para que el vecino salga con su problema resuelto.',
        en: 'Remove extra papers and steps, so that residents leave with their problem solved.',
      },
      competence: 'municipal',
    },
    'INS-2-O1': {
      title: {
        es: 'Hacer primero lo que más le sirve a la gente',
        en: 'Do first what serves people most',
      },
      summary: {
        es: 'Que el dinero vaya primero a lo que los vecinos votaron como necesario, y lo demás espere su turno.',
        en: 'Money goes first to what residents voted as necessary, and the rest waits its turn.',
      },
      competence: 'municipal',
    },
    'INS-3-O1': {
      title: { es: 'Reglas nuevas y claras para los cobros', en: 'New, clear rules for charges' },
      summary: {
        es: 'Cambiar las normas de arbitrios e impuestos para que se entienda cuánto se paga y por qué.',
        en: 'Change the rules on local taxes and charges so that people understand how much they pay and why.',
      },
      competence: 'municipal',
    },
  },
  titles: {
    'INS-1-P1': {
      es: 'Mala atención y poca preparación',
      en: 'Poor service and little preparation',
    },
    'INS-1-M1': { es: 'Personal preparado y comprometido', en: 'Prepared and committed staff' },
    'INS-2-P1': {
      es: 'Gastos que no urgen retrasan lo necesario',
      en: 'Non-urgent spending delays needs',
    },
    'INS-2-M1': {
      es: 'Cuidar cada sol y dar prioridad a quien más necesita',
      en: 'Make every sol count for the neediest',
    },
    'INS-3-P1': { es: 'Cobros que no van con la realidad', en: 'Charges out of step with reality' },
    'INS-3-M1': { es: 'Pagar lo justo', en: 'Paying what is fair' },
  },
  // Where the tallies land: targets, evidence, the ceiling, and the capacity to carry it out.
  feedback: {
    'INS-2-M1': 'primary',
    'INS-2-O1': 'primary',
    'INS-2-P1': 'evidence',
    'INS-3-M1': 'revenue',
    'INS-3-O1': 'revenue',
    'INS-3-P1': 'revenue',
    'INS-1-M1': 'capacity',
    'INS-1-O1': 'capacity',
    'INS-1-O2': 'capacity',
  },
};
