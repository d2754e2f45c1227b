import type { DimensionWords } from './types';

export const SOC: DimensionWords = {
  name: { es: 'Social', en: 'Social' },
  rows: {
    'SOC-1': {
      label: { es: 'Orden, salud y vida digna', en: 'Order, health, decent life' },
      title: {
        es: 'Barrios ordenados, gente sana y bien alimentada',
        en: 'Orderly neighbourhoods, healthy and well-fed people',
      },
      summary: {
        es: 'Que la provincia crezca con orden y limpieza, que ningún niño pase hambre y que nadie quede abandonado en la calle.',
        en: 'The province grows in an orderly, clean way, no child goes hungry and nobody is left abandoned in the street.',
      },
    },
    'SOC-2': {
      label: { es: 'Seguridad en los barrios', en: 'Safe neighbourhoods' },
      title: {
        es: 'Barrios seguros y autoridades en las que se pueda confiar',
        en: 'Safe neighbourhoods and authorities we can trust',
      },
      summary: {
        es: 'Caminar sin miedo: menos robos, menos droga y menos violencia contra las mujeres, con vecinos organizados y autoridades honestas.',
        en: 'Walking without fear: less theft, fewer drugs and less violence against women, with organised neighbours and honest authorities.',
      },
    },
    'SOC-3': {
      label: { es: 'Cultura e identidad wanka', en: 'Wanka culture and identity' },
      title: {
        es: 'Nuestra cultura y nuestras raíces, cuidadas y con orgullo',
        en: 'Our culture and our roots, cared for with pride',
      },
      summary: {
        es: 'Mantener vivas nuestras fiestas, danzas, lugares antiguos y saberes, y que nadie sea menospreciado por su origen.',
        en: 'Keeping our festivals, dances, old places and knowledge alive, so that nobody is looked down on for where they come from.',
      },
    },
  },
  objectives: {
    'SOC-1-O1': {
      title: {
        es: 'Crecer con orden y aprender a vivir mejor',
        en: 'Orderly growth, better living',
      },
      summary: {
        es: 'Que los barrios crezcan con planos y servicios, y que haya talleres sobre limpieza, salud y convivencia.',
        en: 'Neighbourhoods grow with plans and services, and there are workshops on cleanliness, health and living together.',
      },
      competence: 'municipal',
    },
    'SOC-1-O2': {
      title: {
        es: 'Invertir para que menos familias sean pobres',
        en: 'Invest so fewer families are poor',
      },
      summary: {
        es: 'Poner dinero en los talleres, crianzas y pequeños negocios de las familias que menos tienen, para que ganen más.',
        en: 'Put money into the workshops, livestock and small businesses of the families who have least, so that they earn more.',
      },
      competence: 'shared',
    },
    'SOC-1-O3': {
      title: {
        es: 'Reconocer y apoyar a quien trabaja la chacra',
        en: 'Recognise and support farmers',
      },
      summary: {
        es: 'Dar asesoría, semillas y premios a los agricultores, porque de su trabajo comemos todos.',
        en: 'Give advice, seeds and rewards to farmers, because we all eat from their work.',
      },
      competence: 'shared',
    },
    'SOC-1-O4': {
      title: {
        es: 'Que del campo se llegue mejor al mercado',
        en: 'Bring farms closer to markets',
      },
      summary: {
        es: 'Que quien produce pueda vender directo y usar los servicios del Estado sin perder el día ni la ganancia.',
        en: 'Those who grow food can sell it directly and use public services without losing a day or their earnings.',
      },
      competence: 'shared',
    },
    'SOC-2-O1': {
      title: {
        es: 'Cuidarnos entre vecinos y prevenir el delito',
        en: 'Neighbours preventing crime',
      },
      summary: {
        es: 'Juntas vecinales, alarmas y otras salidas de trabajo para que menos gente caiga en lo ilegal.',
        en: 'Neighbourhood groups, alarms and other ways to earn a living, so that fewer people turn to crime.',
      },
      competence: 'municipal',
    },
    'SOC-2-O2': {
      title: {
        es: 'Serenazgo preparado, junto a la Policía',
        en: 'Trained patrols, with the Police',
      },
      summary: {
        es: 'Serenos bien preparados que vigilan todos los días y trabajan de la mano con la Policía y la Fiscalía.',
        en: 'Well-trained municipal guards on watch every day, working hand in hand with the police and prosecutors.',
      },
      competence: 'shared',
    },
    'SOC-2-O3': {
      title: { es: 'Rondas y comunidades que actúan a tiempo', en: 'Communities that act in time' },
      summary: {
        es: 'Apoyar a rondas, comunidades y asociaciones para que avisen y se cuiden antes de que pase algo.',
        en: 'Support patrols, communities and associations so that they can warn and protect each other before something happens.',
      },
      competence: 'municipal',
    },
    'SOC-2-O4': {
      title: { es: 'Saber a tiempo para evitar el delito', en: 'Knowing in time to stop crime' },
      summary: {
        es: 'Que cada barrio sepa qué pasa cerca, a quién llamar y cómo organizarse para estar más seguro.',
        en: 'Each neighbourhood knows what is going on nearby, whom to call and how to organise to be safer.',
      },
      competence: 'municipal',
    },
    'SOC-2-O5': {
      title: {
        es: 'Deporte y parques para que los jóvenes estén bien',
        en: 'Sport and parks instead of drugs',
      },
      summary: {
        es: 'Canchas, talleres y charlas para que los chicos y chicas tengan qué hacer y se alejen de la droga.',
        en: 'Sports grounds, workshops and talks so that young people have something to do and stay away from drugs.',
      },
      competence: 'municipal',
    },
    'SOC-3-O1': {
      title: { es: 'Campañas para querer más lo wanka', en: 'Campaigns for Wanka pride' },
      summary: {
        es: 'Anuncios, murales y afiches que muestren con orgullo la cultura wanka y las demás culturas de Junín.',
        en: 'Advertisements, murals and posters that proudly show Wanka culture and the other cultures of Junín.',
      },
      competence: 'municipal',
    },
    'SOC-3-O2': {
      title: { es: 'Cuidar lo que heredamos en Huancayo', en: 'Care for what Huancayo inherited' },
      summary: {
        es: 'Arreglar los lugares antiguos y mantener vivas las fiestas y danzas, para que todos los conozcan y visiten.',
        en: 'Repair old places and keep festivals and dances alive, so that everyone can know and visit them.',
      },
      competence: 'shared',
    },
    'SOC-3-O3': {
      title: {
        es: 'Cuidar plantas y animales, también para el turismo',
        en: 'Protect nature, also for visitors',
      },
      summary: {
        es: 'Proteger los paisajes y animales de la zona para que vivamos mejor y las comunidades reciban visitantes.',
        en: 'Protect local landscapes and animals so that we live better and communities can welcome visitors.',
      },
      competence: 'shared',
    },
    'SOC-3-O4': {
      title: {
        es: 'Casas de la cultura y rutas para visitar',
        en: 'Cultural centres and visitor routes',
      },
      summary: {
        es: 'Apoyar museos, bibliotecas y elencos, y tener rutas bien señaladas para conocer la provincia.',
        en: 'Support museums, libraries and dance companies, and have well-signed routes to get to know the province.',
      },
      competence: 'municipal',
    },
    'SOC-3-O5': {
      title: {
        es: 'Preguntar antes a los pueblos originarios',
        en: 'Ask indigenous peoples first',
      },
      summary: {
        es: 'Antes de una obra o mina en su tierra, el Estado debe sentarse a conversar con el pueblo que vive ahí.',
        en: 'Before a project or mine on their land, the State must sit down and talk with the people who live there.',
      },
      competence: 'national',
    },
    'SOC-3-O6': {
      title: {
        es: 'Cuidar la herencia de cada comunidad',
        en: 'Care for each community’s heritage',
      },
      summary: {
        es: 'Que cada comunidad pueda conservar y mostrar sus construcciones antiguas, tejidos, música y costumbres.',
        en: 'Each community can keep and show its old buildings, weaving, music and customs.',
      },
      competence: 'shared',
    },
    'SOC-3-O7': {
      title: {
        es: 'Visitantes que viven el día a día del campo',
        en: 'Visitors sharing rural life',
      },
      summary: {
        es: 'Que las familias reciban turistas en su casa y su chacra, y que la ganancia se quede en la comunidad.',
        en: 'Families welcome tourists in their homes and fields, and the earnings stay in the community.',
      },
      competence: 'shared',
    },
    'SOC-3-O8': {
      title: {
        es: 'Casas de la cultura y rutas (repetido)',
        en: 'Cultural centres and routes (repeated)',
      },
      summary: {
        es: 'El plan dice lo mismo dos veces: apoyar museos y elencos, y ordenar las rutas para visitar la provincia.',
        en: 'The plan says the same thing twice: support museums and dance companies, and arrange visitor routes.',
      },
      competence: 'municipal',
    },
    'SOC-3-O9': {
      title: {
        es: 'Preguntar antes a las comunidades de la sierra',
        en: 'Ask highland communities first',
      },
      summary: {
        es: 'Que ninguna comunidad de la sierra se entere tarde: primero se conversa y después se decide.',
        en: 'No highland community should find out late: first the talk, then the decision.',
      },
      competence: 'national',
    },
  },
  titles: {
    'SOC-1-P1': {
      es: 'Desorden, suciedad y mala alimentación',
      en: 'Disorder, dirt and poor nutrition',
    },
    'SOC-1-M1': {
      es: 'Familias sanas, con buena comida y educación',
      en: 'Healthy, well-fed, educated families',
    },
    'SOC-1-M2': {
      es: 'Casa digna, con agua, desagüe y luz',
      en: 'Decent homes with basic services',
    },
    'SOC-2-P1': {
      es: 'Robos, drogas y violencia contra la mujer',
      en: 'Theft, drugs, violence against women',
    },
    'SOC-2-P2': {
      es: 'Poca confianza en quienes deben cuidarnos',
      en: 'Little trust in those meant to protect us',
    },
    'SOC-2-M1': {
      es: 'Seguridad que previene y no se corrompe',
      en: 'Safety that prevents and stays honest',
    },
    'SOC-3-P1': {
      es: 'No se valora lo que nos dejaron los abuelos',
      en: 'Our heritage is not valued',
    },
    'SOC-3-P2': {
      es: 'Falta orgullo por nuestras distintas raíces',
      en: 'Too little pride in our many roots',
    },
    'SOC-3-M1': {
      es: 'Una provincia donde nadie discrimina',
      en: 'A province where nobody discriminates',
    },
  },
};
