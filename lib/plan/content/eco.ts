import type { DimensionWords } from './types';

export const ECO: DimensionWords = {
  name: { es: 'Económica', en: 'Economic' },
  rows: {
    'ECO-1': {
      label: { es: 'Trabajo digno', en: 'Decent work' },
      title: {
        es: 'Trabajo digno para no tener que irse',
        en: 'Decent work, so nobody has to leave',
      },
      summary: {
        es: 'Que haya trabajo bien pagado en la provincia, para que nadie tenga que dejar a su familia por buscarlo lejos.',
        en: 'Well-paid work in the province, so that nobody has to leave their family to look for it far away.',
      },
    },
    'ECO-2': {
      label: { es: 'Campo, crédito y ventas', en: 'Farming, credit and sales' },
      title: {
        es: 'Producir y vender mejor sin malgastar lo nuestro',
        en: 'Produce and sell better, waste nothing',
      },
      summary: {
        es: 'Apoyar al que siembra, cría, teje o recibe turistas: crédito, caminos y buenos precios, cuidando el agua y la tierra.',
        en: 'Support those who farm, raise animals, weave or host visitors: credit, roads and fair prices, caring for water and soil.',
      },
    },
    'ECO-3': {
      label: { es: 'Mercados ordenados', en: 'Orderly markets' },
      title: {
        es: 'Mercados ordenados y productos más conocidos',
        en: 'Orderly markets, better-known products',
      },
      summary: {
        es: 'Mercados limpios y con puestos en regla, y más gente que conozca y compre lo que se hace aquí.',
        en: 'Clean markets with licensed stalls, and more people who know and buy what is made here.',
      },
    },
  },
  objectives: {
    'ECO-1-O1': {
      title: {
        es: 'Fabricar más y no solo vender materia prima',
        en: 'Make more than raw materials',
      },
      summary: {
        es: 'Que el país aproveche sus recursos y fabrique con tecnología. Depende sobre todo del Gobierno nacional.',
        en: 'The country uses its own resources and manufactures with technology. It depends mostly on the national government.',
      },
      competence: 'national',
    },
    'ECO-1-O2': {
      title: {
        es: 'Más empleo con acuerdos y ferias de trabajo',
        en: 'More jobs through agreements',
      },
      summary: {
        es: 'Que la municipalidad se junte con el Ministerio de Trabajo y las empresas para abrir puestos y capacitar.',
        en: 'The municipality joins with the Ministry of Labour and businesses to open jobs and train people.',
      },
      competence: 'shared',
    },
    'ECO-2-O1': {
      title: {
        es: 'Que las familias del campo no queden aparte',
        en: 'Leave no farming family out',
      },
      summary: {
        es: 'Miles de chacras están lejos de todo: la idea es que les lleguen los servicios y que puedan vender mejor.',
        en: 'Thousands of farms are far from everything: the idea is that services reach them and they can sell better.',
      },
      competence: 'shared',
    },
    'ECO-2-O2': {
      title: {
        es: 'Una economía que primero abastece a los de aquí',
        en: 'An economy that feeds home first',
      },
      summary: {
        es: 'Producir juntos y sin dañar la tierra, primero para nuestras mesas y lo que sobre para vender afuera.',
        en: 'Produce together without harming the land, first for our own tables, and sell the rest abroad.',
      },
      competence: 'shared',
    },
    'ECO-2-O3': {
      title: {
        es: 'Fortalecer la chacra familiar y a las mujeres',
        en: 'Strengthen family farms and women',
      },
      summary: {
        es: 'Apoyo a las familias que siembran, crían truchas, tejen o reciben turistas, y que se reconozca lo que hacen las mujeres.',
        en: 'Support for families who farm, raise trout, weave or host tourists, and recognition for the work women do.',
      },
      competence: 'shared',
    },
    'ECO-2-O4': {
      title: {
        es: 'Cultivo sano y en grupo, con turismo rural',
        en: 'Healthy group farming and rural tourism',
      },
      summary: {
        es: 'Sembrar sin químicos y vender juntos en asociación, y ganar también recibiendo visitantes en el campo.',
        en: 'Grow without chemicals and sell together as an association, and also earn by hosting visitors in the countryside.',
      },
      competence: 'shared',
    },
    'ECO-2-O5': {
      title: {
        es: 'Acuerdos que deciden los mismos beneficiarios',
        en: 'Partnerships the people decide',
      },
      summary: {
        es: 'Que la comunidad, el Estado y las empresas trabajen juntos, y que quienes se benefician tengan la última palabra.',
        en: 'Communities, the State and companies work together, and those who benefit have the last word.',
      },
      competence: 'shared',
    },
    'ECO-2-O6': {
      title: { es: 'Ferias limpias y con precio justo', en: 'Clean fairs with fair prices' },
      summary: {
        es: 'Ferias y puntos de venta manejados por los productores, con comida sana y pago justo para todos.',
        en: 'Fairs and selling points run by producers, with healthy food and fair pay for everyone.',
      },
      competence: 'municipal',
    },
    'ECO-2-O7': {
      title: {
        es: 'Vender la cosecha con contrato antes de sembrar',
        en: 'Sell the harvest before sowing',
      },
      summary: {
        es: 'Que la comunidad y la empresa acuerden precio y cantidad por escrito, y así nadie siembra a ciegas.',
        en: 'Communities and companies agree price and quantity in writing, so that nobody sows blindly.',
      },
      competence: 'shared',
    },
    'ECO-2-O8': {
      title: { es: 'Vender al extranjero con comercio justo', en: 'Export through fair trade' },
      summary: {
        es: 'Ayudar a que lo mejor de Huancayo y Junín se venda en otros países con sello orgánico y buen pago.',
        en: 'Help the best of Huancayo and Junín sell in other countries with an organic label and good pay.',
      },
      competence: 'national',
    },
    'ECO-2-O9': {
      title: {
        es: 'Créditos a la medida del pequeño productor',
        en: 'Credit that fits small producers',
      },
      summary: {
        es: 'Acuerdos con bancos y cajas para préstamos con cuotas que se puedan pagar, y con alguien que asesore.',
        en: 'Agreements with banks and savings banks for loans people can repay, with someone to advise them.',
      },
      competence: 'shared',
    },
    'ECO-2-O10': {
      title: {
        es: 'Atraer empresas que respeten a la gente',
        en: 'Attract businesses that respect people',
      },
      summary: {
        es: 'Que vengan negocios que den trabajo y cuiden a los vecinos y el ambiente.',
        en: 'Businesses come that give work and take care of neighbours and the environment.',
      },
      competence: 'municipal',
    },
    'ECO-2-O11': {
      title: { es: 'Que el producto gane valor en cada paso', en: 'More value at every step' },
      summary: {
        es: 'No vender solo la papa o la lana: lavar, hilar, envasar y poner marca, para que la ganancia quede aquí.',
        en: 'Not just selling potatoes or wool: washing, spinning, packing and branding, so that the earnings stay here.',
      },
      competence: 'shared',
    },
    'ECO-2-O12': {
      title: {
        es: 'Caminos, puentes e internet para producir',
        en: 'Roads, bridges and internet for work',
      },
      summary: {
        es: 'Arreglar caminos, puentes, canales y señal para que los pueblos alejados también puedan vender y estudiar.',
        en: 'Fix roads, bridges, canals and signal so that remote villages can sell and study too.',
      },
      competence: 'municipal',
    },
    'ECO-2-O13': {
      title: {
        es: 'Producir sin acabar con el agua y los bosques',
        en: 'Produce without using up water',
      },
      summary: {
        es: 'Regar sin desperdiciar, no quemar ni talar, y sacar de la tierra solo lo que se puede reponer.',
        en: 'Irrigate without waste, do not burn or cut down trees, and take from the land only what can grow back.',
      },
      competence: 'shared',
    },
    'ECO-2-O14': {
      title: {
        es: 'Minas e hidroeléctricas que cumplan la ley',
        en: 'Mines and power plants obey the law',
      },
      summary: {
        es: 'Que las empresas mineras y de energía no contaminen y respondan a la gente. Lo fiscaliza el Gobierno nacional.',
        en: 'Mining and energy companies do not pollute and answer to people. The national government supervises this.',
      },
      competence: 'national',
    },
    'ECO-2-O15': {
      title: {
        es: 'Luz con agua, sol y viento para casas y talleres',
        en: 'Power from water, sun and wind',
      },
      summary: {
        es: 'Energía limpia que primero llegue a las casas y a los que producen. Depende de la Región y del país.',
        en: 'Clean energy that first reaches homes and producers. It depends on the region and the country.',
      },
      competence: 'national',
    },
    'ECO-3-O1': {
      title: {
        es: 'Ordenar los mercados y poner los puestos en regla',
        en: 'Order markets, license stalls',
      },
      summary: {
        es: 'Puestos con licencia, pasadizos libres y limpieza, y ayuda para que lo de aquí se venda también afuera.',
        en: 'Licensed stalls, clear aisles and cleanliness, and help for local goods to sell elsewhere too.',
      },
      competence: 'municipal',
    },
    'ECO-3-O2': {
      title: {
        es: 'Hacer más cosas distintas: campo, metal, talleres',
        en: 'Make more kinds of things',
      },
      summary: {
        es: 'Apoyar a chacras, talleres de metal y fábricas pequeñas para no depender de un solo producto.',
        en: 'Support farms, metal workshops and small factories, so as not to depend on a single product.',
      },
      competence: 'shared',
    },
  },
  titles: {
    'ECO-1-P1': { es: 'Falta trabajo y la gente se va', en: 'Too little work, people leave' },
    'ECO-1-M1': { es: 'Gente capaz que trabaja organizada', en: 'Capable people working together' },
    'ECO-1-M2': {
      es: 'Vender al mundo, con justicia para todos',
      en: 'Sell to the world, fairly for all',
    },
    'ECO-1-M3': {
      es: 'Vecinos con empleo digno y bien valorado',
      en: 'Residents in decent, valued jobs',
    },
    'ECO-2-P1': { es: 'Lo que tenemos se aprovecha mal', en: 'What we have is poorly used' },
    'ECO-2-M1': {
      es: 'Más ventas aquí y riqueza mejor repartida',
      en: 'More local sales, wealth better shared',
    },
    'ECO-2-M2': {
      es: 'Ideas nuevas para la industria y el campo',
      en: 'New ideas for industry and farming',
    },
    'ECO-2-M3': {
      es: 'Productores que se asocian para vender más',
      en: 'Producers join to sell more',
    },
    'ECO-3-P1': {
      es: 'Mercados en desorden, productos sin promoción',
      en: 'Messy markets, unknown products',
    },
    'ECO-3-M1': {
      es: 'Tecnología y crédito para el pequeño agricultor',
      en: 'Technology and credit for small farmers',
    },
  },
};
