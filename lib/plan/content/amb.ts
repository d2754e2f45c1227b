import type { DimensionWords } from './types';

export const AMB: DimensionWords = {
  name: { es: 'Ambiental', en: 'Environmental' },
  rows: {
    'AMB-1': {
      label: { es: 'Reciclaje, agua y aire', en: 'Recycling, water and air' },
      title: {
        es: 'Basura separada, agua para todos y aire limpio',
        en: 'Sorted waste, water for all, clean air',
      },
      summary: {
        es: 'Tachos para separar la basura, agua con buena presión y respeto por los ríos, los animales y las plantas.',
        en: 'Bins to sort waste, water with good pressure, and respect for rivers, animals and plants.',
      },
    },
    'AMB-2': {
      label: { es: 'Desagüe y relleno sanitario', en: 'Sewers and landfill' },
      title: {
        es: 'Desagüe para todos y un lugar seguro para la basura',
        en: 'Sewers for all, a safe place for waste',
      },
      summary: {
        es: 'Que el desagüe llegue a cada casa y que la basura termine en un relleno bien hecho, no en el río.',
        en: 'Sewers reach every home and waste ends up in a well-built landfill, not in the river.',
      },
    },
    'AMB-3': {
      label: { es: 'Parques y áreas verdes', en: 'Parks and green areas' },
      title: { es: 'Más parques y árboles en la ciudad', en: 'More parks and trees in the city' },
      summary: {
        es: 'Sembrar árboles y cuidar parques y bermas, para tener sombra y un lugar limpio donde jugar y descansar.',
        en: 'Plant trees and look after parks and verges, to have shade and a clean place to play and rest.',
      },
    },
  },
  objectives: {
    'AMB-1-O1': {
      title: {
        es: 'Usar el agua, la tierra y los árboles sin agotarlos',
        en: 'Use nature without using it up',
      },
      summary: {
        es: 'Sacar de la naturaleza solo lo necesario, para que a nuestros nietos también les alcance.',
        en: 'Take from nature only what is needed, so that there is enough for our grandchildren.',
      },
      competence: 'shared',
    },
    'AMB-1-O2': {
      title: {
        es: 'Proteger las alturas donde nace el agua',
        en: 'Protect the heights where water is born',
      },
      summary: {
        es: 'Reglas más estrictas en los cerros y lagunas de donde viene nuestra agua, antes de permitir cualquier actividad.',
        en: 'Stricter rules in the hills and lakes our water comes from, before any activity is allowed.',
      },
      competence: 'national',
    },
    'AMB-1-O3': {
      title: {
        es: 'Cuidar el río entero y limpiar las aguas servidas',
        en: 'Care for rivers, treat wastewater',
      },
      summary: {
        es: 'Regar con menos agua y limpiar todo el desagüe antes de que llegue al río, para volver a usarlo.',
        en: 'Irrigate with less water and clean all sewage before it reaches the river, so that it can be used again.',
      },
      competence: 'shared',
    },
    'AMB-1-O4': {
      title: { es: 'Aire limpio para respirar', en: 'Clean air to breathe' },
      summary: {
        es: 'Medir el humo y controlar carros viejos, ladrilleras y quema de basura.',
        en: 'Measure smoke and control old vehicles, brick kilns and rubbish burning.',
      },
      competence: 'municipal',
    },
    'AMB-1-O5': {
      title: { es: 'Talar menos y plantar más árboles', en: 'Cut less, plant more trees' },
      summary: {
        es: 'Cuidar los bosques que quedan y sembrar árboles que guarden el agua y den sombra y leña.',
        en: 'Look after the remaining woods and plant trees that hold water and give shade and firewood.',
      },
      competence: 'shared',
    },
    'AMB-1-O6': {
      title: {
        es: 'Enfrentar el cambio del clima con saber antiguo',
        en: 'Face a changing climate, the old way',
      },
      summary: {
        es: 'Usar lo que sabían los abuelos, como andenes y cosecha de agua, contra heladas y sequías. Lo guía un plan nacional.',
        en: 'Use what our grandparents knew, like terraces and water harvesting, against frost and drought. A national plan leads it.',
      },
      competence: 'national',
    },
    'AMB-1-O7': {
      title: {
        es: 'Recuperar humedales y zonas de papa nativa',
        en: 'Restore wetlands and native crops',
      },
      summary: {
        es: 'Sanar lagunas, bofedales y pastos dañados, y proteger donde se cultivan nuestras variedades.',
        en: 'Heal damaged lakes, wetlands and pastures, and protect where our native varieties are grown.',
      },
      competence: 'shared',
    },
    'AMB-2-O1': {
      title: { es: 'Limpiar lo que dejaron contaminado', en: 'Clean up what was left polluted' },
      summary: {
        es: 'Curar los terrenos y aguas que dañaron minas y botaderos viejos, casi siempre junto con el Gobierno nacional.',
        en: 'Heal the land and water harmed by old mines and dumps, almost always together with the national government.',
      },
      competence: 'national',
    },
    'AMB-2-O2': {
      title: { es: 'Conversar para resolver conflictos', en: 'Talk to settle conflicts' },
      summary: {
        es: 'Sentar en una misma mesa a vecinos, autoridades y empresas antes de que un problema termine en pelea.',
        en: 'Bring neighbours, authorities and companies to the same table before a problem ends in a fight.',
      },
      competence: 'shared',
    },
    'AMB-2-O3': {
      title: {
        es: 'Manejar el agua del valle entre todos, con fondos',
        en: 'Manage the valley’s water, with funds',
      },
      summary: {
        es: 'Que los pueblos que comparten un río decidan juntos cómo cuidarlo y haya dinero para hacerlo.',
        en: 'Towns that share a river decide together how to care for it, with money to do so.',
      },
      competence: 'shared',
    },
    'AMB-2-O4': {
      title: {
        es: 'Sanar terrenos dañados y frenar daños nuevos',
        en: 'Heal damaged land, stop new harm',
      },
      summary: {
        es: 'Exigir que se limpie lo que hoy contamina y recuperar laderas, riberas y botaderos.',
        en: 'Demand that current pollution be cleaned up and recover hillsides, riverbanks and dumps.',
      },
      competence: 'shared',
    },
    'AMB-3-O1': {
      title: {
        es: 'Plantar árboles y cuidar plazas y parques',
        en: 'Plant trees, tend squares and parks',
      },
      summary: {
        es: 'Más árboles en calles y plazas, con riego, limpieza y vecinos que ayudan a cuidarlos.',
        en: 'More trees in streets and squares, with watering, cleaning and neighbours who help look after them.',
      },
      competence: 'municipal',
    },
  },
  titles: {
    'AMB-1-P1': {
      es: 'Faltan tachos para separar y reciclar',
      en: 'Too few bins to sort and recycle',
    },
    'AMB-1-P2': {
      es: 'Poca agua en el caño y fachadas descuidadas',
      en: 'Weak taps and neglected façades',
    },
    'AMB-1-P3': {
      es: 'Se contamina y no se respeta la naturaleza',
      en: 'Pollution and no respect for nature',
    },
    'AMB-1-M1': {
      es: 'Un buen desagüe en toda la provincia',
      en: 'Good sewers across the province',
    },
    'AMB-2-P1': { es: 'El desagüe no llega a todos', en: 'Sewers do not reach everyone' },
    'AMB-2-P2': { es: 'No hay dónde dejar bien la basura', en: 'Nowhere proper to leave waste' },
    'AMB-3-P1': {
      es: 'Parques y bermas descuidados en la ciudad',
      en: 'Neglected parks in the city',
    },
    'AMB-3-M1': {
      es: 'Verde en todos los rincones de la ciudad',
      en: 'Green in every corner of the city',
    },
  },
};
