import type { Words } from './words';
import { amount, limaTime, line, several } from './phrases';

const checked = (ballots: string | number | undefined): string =>
  `${Number(ballots) === 1 ? 'Se revisó' : 'Se revisaron'} ${several(ballots, 'cédula', 'cédulas')}`;

const replaced = (count: string | number | undefined): string =>
  Number(count ?? 0) === 0
    ? 'Nadie cambió su voto.'
    : Number(count) === 1
      ? 'Una cédula fue reemplazada por otra más nueva y no cuenta.'
      : `${amount(count)} cédulas fueron reemplazadas por otra más nueva y no cuentan.`;

export const es: Words = {
  tool: 'Verificador de Minka',
  checks: {
    V1: 'Las reglas son las publicadas',
    V2: 'El registro está firmado',
    V3: 'El registro solo creció',
    V4: 'Las huellas dan la raíz firmada',
    V5: 'No falta ni sobra nada',
    V6: 'Cada cédula tiene una credencial válida',
    V7: 'Cada cédula está firmada por quien votó',
    V8: 'Cada cédula respeta las reglas',
    V9: 'De cada persona cuenta solo su última cédula',
    V10: 'El escrutinio anunciado es el correcto',
    V11: 'Lo que mostró la pantalla era cierto',
    V12: 'No hay más votos que derechos entregados',
    V13: 'Las actas de papel cuadran',
    V14: 'La bitácora administrativa avanza sin borrones',
    V15: 'Nada se agregó después del cierre',
  },
  passed: {
    V1: (f) =>
      `El manifiesto, con todas las reglas, es el primer elemento del registro. Su huella: ${f['hash'] ?? ''}.`,
    V2: (f) =>
      `La urna firmó ${several(f['checkpoints'], 'constancia', 'constancias')}.` +
      (Number(f['declared']) === 0
        ? ' Esta votación no declaró testigos.'
        : Number(f['witnesses']) === 0
          ? ` La última no lleva todavía la firma de ningún testigo, y se declaró a ${amount(f['declared'])}.`
          : ` La última lleva la firma de ${amount(f['witnesses'])} de ${several(f['declared'], 'testigo', 'testigos')}: ${f['names'] ?? ''}.`),
    V3: (f) =>
      Number(f['checkpoints']) === 1
        ? `Hay una sola constancia, de ${several(f['size'], 'elemento', 'elementos')}.`
        : `Las ${amount(f['checkpoints'])} constancias cuentan una sola historia, hasta ${several(f['size'], 'elemento', 'elementos')}.`,
    V4: (f) =>
      `De lo publicado (${several(f['leaves'], 'huella', 'huellas')}) sale exactamente la raíz que firmó la urna.`,
    V5: (f) =>
      `Se leyó todo: ${several(f['ballots'], 'cédula', 'cédulas')} y ${several(f['notes'], 'nota', 'notas')}, cada una en su lugar.`,
    V6: (f) => `${checked(f['ballots'])}: cada una lleva una credencial emitida para su distrito.`,
    V7: (f) =>
      `${checked(f['ballots'])}: cada una está firmada con la llave de su credencial y ninguna fue alterada.`,
    V8: (f) =>
      `${checked(f['ballots'])}: cada una elige solo lo que las reglas permiten, dentro de cada fondo.`,
    V9: (f) =>
      `${Number(f['voters']) === 1 ? 'Votó' : 'Votaron'} ${several(f['voters'], 'credencial', 'credenciales')}. ${replaced(f['replaced'])}`,
    V10: (f) =>
      `Se contó todo de nuevo, ${several(f['ballots'], 'cédula', 'cédulas')} en ${several(f['contests'], 'contienda', 'contiendas')}: mismos ganadores, costos, puntos y desempates.`,
    V11: (f) =>
      Number(f['files']) === 0
        ? 'Esta votación no mostró resultados antes del cierre.'
        : `La pantalla mostró cifras nuevas ${several(f['files'], 'vez', 'veces')}, siempre las de las cédulas de ese momento.`,
    V12: (f) =>
      `En cada grupo votaron a lo más quienes recibieron un derecho, y hay ${several(f['receipts'], 'comprobante', 'comprobantes')}, uno por cédula.`,
    V13: (f) =>
      Number(f['minutes']) + Number(f['tablets']) === 0
        ? 'No hubo mesas de papel ni tabletas sin conexión.'
        : `Hay ${several(f['minutes'], 'acta', 'actas')} de papel y ${amount(f['tablets'])} de tabletas, y cuadran: dos personas digitaron cada mesa y las sumas son las del acta.`,
    V14: (f) =>
      `Hay ${several(f['heads'], 'cierre', 'cierres')} de la bitácora (uno por día y uno con el sello), en orden.`,
    V15: (f) =>
      `El registro tiene ${several(f['size'], 'elemento', 'elementos')}, y el último es la nota de cierre.`,
  },
  waiting:
    'Por ahora no se puede comprobar: la votación no ha terminado y las cédulas siguen siendo secretas.',
  waitingTally: 'Todavía no se anunció ningún escrutinio. Abajo está el que da este verificador.',
  blocked: 'No se pudo comprobar por los problemas anteriores.',
  findings: {
    'file-missing': (p) => `Falta el archivo ${p['file'] ?? ''}.`,
    'file-malformed': (p) =>
      `El archivo ${p['file'] ?? ''} está incompleto o no tiene la forma debida.`,
    'file-too-large': (p) =>
      `El archivo ${p['file'] ?? ''} es mucho más grande de lo que puede ser.`,
    'index-differs': (p) =>
      `El índice del registro no coincide con lo que hay (${p['field'] ?? ''}).`,
    'manifest-invalid': (p) => `El manifiesto no tiene la forma debida: ${p['problem'] ?? ''}.`,
    'manifest-other-hash': (p) =>
      `El manifiesto no es el del afiche: su huella es ${p['hash'] ?? ''} y se esperaba ${p['expected'] ?? ''}.`,
    'manifest-not-leaf-0': () =>
      'El manifiesto no es el que abrió el registro: se cambiaron las reglas.',
    'manifest-key-invalid': () => 'Una llave del manifiesto no es válida.',
    'checkpoint-malformed': (p) => `La constancia ${p['file'] ?? ''} no tiene la forma debida.`,
    'checkpoint-other-origin': (p) =>
      `La constancia ${p['file'] ?? ''} es de otro registro (${p['origin'] ?? ''}).`,
    'checkpoint-unsigned': (p) => `La constancia ${p['file'] ?? ''} no está firmada por la urna.`,
    'cosignature-invalid': (p) =>
      `En ${p['file'] ?? ''}, la firma del testigo ${p['witness'] ?? ''} es falsa.`,
    'checkpoint-other-size': (p) =>
      `La constancia ${p['file'] ?? ''} dice tener ${amount(p['size'])} elementos.`,
    'checkpoints-fork': (p) =>
      `Hay dos versiones del registro: la constancia de ${amount(p['size'])} elementos contradice a la última.`,
    'checkpoint-not-prefix': (p) =>
      `Lo que la urna firmó con ${amount(p['size'])} elementos ya no está en el registro: algo se cambió.`,
    'older-not-of-this-record': () =>
      'La constancia antigua que diste no es de este registro o no está firmada por la urna.',
    'older-is-larger': (p) =>
      `La constancia antigua tenía ${amount(p['older'])} elementos y ahora hay ${amount(p['size'])}: el registro se achicó.`,
    'older-not-prefix': (p) =>
      `Los primeros ${amount(p['size'])} elementos no son los de la constancia antigua: el registro fue reescrito.`,
    'leaves-incomplete': (p) => `En ${p['file'] ?? ''} faltan huellas.`,
    'leaves-too-many': (p) =>
      `En ${p['file'] ?? ''} sobran ${amount(p['extra'])} huellas que nadie firmó.`,
    'root-differs': (p) => `Las ${amount(p['leaves'])} huellas publicadas no dan la raíz firmada.`,
    'note-not-its-leaf': (p) =>
      `La nota del lugar ${amount(p['position'])} no es la que se registró.`,
    'note-out-of-place': (p) => `La nota de la línea ${amount(p['line'])} está fuera de lugar.`,
    'note-malformed': (p) => `La nota de la línea ${amount(p['line'])} no tiene la forma debida.`,
    'note-of-other-round': (p) =>
      `La nota del lugar ${amount(p['position'])} es de otra votación (${p['round'] ?? ''}).`,
    'ballot-not-its-leaf': (p) => `${line(p, 'es')} no es la cédula que se registró en ese lugar.`,
    'ballot-missing': (p) => `Faltan ${amount(p['missing'])} cédulas registradas.`,
    'ballot-extra': (p) => `${line(p, 'es')} no está en el registro firmado.`,
    'ballots-before-seal': () => 'Se publicaron cédulas antes de sellar el registro.',
    'group-unknown': (p) => `${line(p, 'es')} dice ser de un grupo que no existe.`,
    'token-invalid': (p) => `${line(p, 'es')} no tiene una credencial válida de su distrito.`,
    'signature-invalid': (p) =>
      `${line(p, 'es')} no está firmada por su votante: fue alterada o inventada.`,
    'ballot-malformed': (p) => `${line(p, 'es')} no está escrita como una cédula.`,
    'ballot-of-other-round': (p) => `${line(p, 'es')} es de otra votación o de otras reglas.`,
    'choices-invalid': (p) =>
      `${line(p, 'es')} elige algo que las reglas no permiten (${p['reason'] ?? ''}).`,
    'paper-choices-invalid': (p) =>
      `La cédula ${amount(p['line'])} del acta ${p['minutes'] ?? ''} elige algo que las reglas no permiten (${p['reason'] ?? ''}).`,
    'sequence-twice': (p) =>
      `Alarma: dos cédulas de la misma credencial llevan el número ${amount(p['sequence'])}. La segunda: ${line(p, 'es')}.`,
    'chain-gap': (p) =>
      `A la cédula del lugar ${amount(p['position'])}, número ${amount(p['sequence'])}, le falta la anterior.`,
    'chain-broken': (p) =>
      `La cédula del lugar ${amount(p['position'])} dice reemplazar a otra que no es la anterior.`,
    'credential-two-groups': (p) => `${line(p, 'es')}: la misma llave votó en dos grupos.`,
    'tally-malformed': (p) => `El archivo ${p['file'] ?? ''} no tiene la forma debida.`,
    'tally-before-seal': () => 'Se anunció un escrutinio antes de sellar el registro.',
    'tally-other-manifest': () => 'El escrutinio anunciado es de otra votación o de otras reglas.',
    'tally-other-root': () => 'El escrutinio anunciado se hizo sobre otro registro.',
    'tally-other-engine': (p) =>
      `El escrutinio se hizo con otra versión del programa (${p['announced'] ?? ''}); este verificador usa ${p['own'] ?? ''}.`,
    'lot-seed-differs': () => 'La semilla del sorteo no es la que se comprometió antes de votar.',
    'tally-other-ballots': (p) =>
      `Se anunciaron ${amount(p['announced'])} cédulas y hay ${amount(p['own'])}.`,
    'tally-other-contests': () =>
      'El escrutinio anunciado no tiene las contiendas de esta votación.',
    'tally-other-winners': (p) =>
      `En ${p['contest'] ?? ''}, los ganadores anunciados no son los que dan las cédulas.`,
    'tally-other-ranking': (p) =>
      `En ${p['contest'] ?? ''}, el orden o los puntos anunciados no son los que dan las cédulas.`,
    'tally-other-cost': (p) =>
      `En ${p['contest'] ?? ''}, el costo anunciado es ${amount(p['announced'])} céntimos y debe ser ${amount(p['own'])}.`,
    'tally-other-voters': (p) =>
      `En ${p['contest'] ?? ''} se anunciaron ${amount(p['announced'])} votantes y hay ${amount(p['own'])}, o no coinciden los votos en blanco.`,
    'tally-other-ties': (p) =>
      `En ${p['contest'] ?? ''}, los desempates anunciados no son los que dan las reglas.`,
    'live-not-allowed': (p) =>
      `Se publicaron cifras (${p['file'] ?? ''}) aunque las reglas no lo permitían antes del cierre.`,
    'live-malformed': (p) => `El archivo ${p['file'] ?? ''} no tiene la forma debida.`,
    'live-differs': (p) =>
      `Lo que mostró la pantalla en ${p['file'] ?? ''} no es lo que daban las cédulas.`,
    'live-too-soon': (p) =>
      `En ${p['file'] ?? ''} se mostraron cifras nuevas con ${amount(p['gained'])} votantes más; el mínimo es ${amount(p['minGroup'])}.`,
    'issuance-missing': () => 'Falta la cuenta de los derechos entregados.',
    'issuance-twice': () => 'Hay más de una cuenta de los derechos entregados.',
    'issuance-unknown-group': (p) =>
      `La cuenta de derechos nombra un grupo que no existe (${p['group'] ?? ''}).`,
    'more-seen-than-issued': (p) =>
      `En el grupo ${p['group'] ?? ''} votaron ${amount(p['seen'])} credenciales y solo se entregaron ${amount(p['issued'])}.`,
    'more-issued-than-eligible': (p) =>
      `En el grupo ${p['group'] ?? ''} se entregaron ${amount(p['issued'])} derechos y el padrón tiene ${amount(p['eligible'])} personas.`,
    'more-paper-than-issued': (p) =>
      `En el grupo ${p['group'] ?? ''} hay ${amount(p['seen'])} cédulas de papel y solo se entregaron ${amount(p['issued'])}.`,
    'more-check-ins-than-issued': (p) =>
      `En el grupo ${p['group'] ?? ''} las actas de papel dicen ${amount(p['checkIns'])} asistentes y solo se entregaron ${amount(p['issued'])} derechos en papel.`,
    'receipts-differ': (p) =>
      `En ${p['file'] ?? ''} hay ${amount(p['receipts'])} comprobantes para ${amount(p['ballots'])} cédulas.`,
    'receipts-other-total': (p) =>
      `En todo el registro hay ${amount(p['receipts'])} comprobantes para ${amount(p['ballots'])} cédulas.`,
    'receipts-unsorted': (p) =>
      `Los comprobantes de ${p['file'] ?? ''} no están en orden: dirían quién votó antes.`,
    'receipt-invalid': (p) => `En ${p['file'] ?? ''} hay un comprobante mal escrito.`,
    'receipt-twice': () =>
      'Un mismo comprobante aparece dos veces: a dos personas se les mostró la misma cédula.',
    'minutes-twice': (p) => `El acta ${p['minutes'] ?? ''} aparece dos veces.`,
    'minutes-unknown-group': (p) =>
      `El acta ${p['minutes'] ?? ''} es de un grupo que no existe (${p['group'] ?? ''}).`,
    'minutes-too-many-ballots': (p) =>
      `En el acta ${p['minutes'] ?? ''} hay ${amount(p['ballots'])} cédulas válidas y ${amount(p['spoiled'])} nulas para ${amount(p['checkIns'])} asistentes.`,
    'pile-without-minutes': (p) =>
      `Se contaron cédulas de papel de ${p['minutes'] ?? ''} sin acta de cierre.`,
    'pile-before-minutes': (p) =>
      `Las cédulas de ${p['minutes'] ?? ''} se registraron antes que su acta.`,
    'pile-twice': (p) => `Las cédulas del acta ${p['minutes'] ?? ''} se registraron dos veces.`,
    'pile-missing': (p) => `Faltan las cédulas del acta ${p['minutes'] ?? ''}.`,
    'pile-other-number': (p) =>
      `El acta ${p['minutes'] ?? ''} dice ${amount(p['said'])} cédulas y se digitaron ${amount(p['pile'])}.`,
    'pile-one-officer': (p) =>
      `La misma persona digitó dos veces las cédulas de ${p['minutes'] ?? ''}.`,
    'pile-arbiter-keyed': (p) =>
      `Quien resolvió las diferencias de ${p['minutes'] ?? ''} también había digitado.`,
    'pile-other-group': (p) =>
      `En las cédulas de ${p['minutes'] ?? ''} hay alguna que no es del grupo ${p['group'] ?? ''}.`,
    'pile-unsorted': (p) =>
      `Las cédulas de ${p['minutes'] ?? ''} no están ordenadas: el orden de la pila diría de quién son.`,
    'tablet-too-many-ballots': (p) =>
      `La tableta ${p['minutes'] ?? ''} tiene ${amount(p['ballots'])} cédulas para ${amount(p['checkIns'])} asistentes.`,
    'tablet-too-many-check-ins': (p) =>
      `La tableta ${p['minutes'] ?? ''} registró ${amount(p['checkIns'])} asistentes con ${amount(p['vouchers'])} vales.`,
    'audit-day-earlier': (p) =>
      `El cierre de la bitácora del ${p['day'] ?? ''} está después del ${p['after'] ?? ''}.`,
    'audit-seq-smaller': (p) =>
      `La bitácora del ${p['day'] ?? ''} tiene menos actos que la anterior: se borró algo.`,
    'audit-hash-differs': (p) =>
      `La bitácora del ${p['day'] ?? ''} cambió sin que se agregara ningún acto.`,
    'closing-missing': () => 'Falta la nota de cierre.',
    'closing-twice': (p) => `Hay ${amount(p['count'])} notas de cierre.`,
    'closing-not-last': (p) =>
      `Después de la nota de cierre se agregaron ${amount(p['after'])} elementos.`,
    'closing-other-lines': (p) =>
      `La nota de cierre dice ${amount(p['said'])} cédulas y hay ${amount(p['read'])}.`,
    'closing-other-voters': (p) =>
      `La nota de cierre dice ${amount(p['said'])} votantes y hay ${amount(p['read'])}.`,
    'closing-before-seal': () => 'El registro tiene nota de cierre pero dice seguir abierto.',
  },
  more: (count) => `… y ${amount(count)} más.`,
  verdicts: {
    passed: 'Todo cuadra. El resultado publicado es el que dan las cédulas.',
    partial:
      'Hasta aquí todo cuadra. Lo que falta se puede comprobar cuando la votación termine y se publique.',
    failed: 'El registro NO cuadra. No confíes en el resultado y avisa al comité de vigilancia.',
  },
  proof: {
    title: 'La prueba que presentaste',
    verdicts: {
      kept: 'La urna cumplió: lo que firmó está en el registro.',
      waits:
        'La prueba es auténtica, y con este registro todavía no se puede decir que la urna faltó.',
      breach:
        'La prueba es auténtica y la urna NO cumplió lo que firmó. Llévala al comité de vigilancia y guarda una copia.',
      invalid: 'La prueba NO vale: algo de lo que dice no lo firmó la urna de esta votación.',
      unchecked: 'La prueba no se pudo comprobar, porque este registro está incompleto o alterado.',
    },
    findings: {
      'promise-kept': () =>
        'La urna firmó que publicaría esa cédula: está en el registro, y su código está entre los comprobantes.',
      'promise-waits': (p) =>
        `La urna firmó que esa cédula estaría a la vista desde ${limaTime(p['includeBy'])} (hora de Lima). En este registro aún no está.`,
      'promise-absent': () =>
        'La prueba no trae la promesa de ninguna cédula: solo constancias del registro.',
      'promise-missing': (p) =>
        `La urna firmó que esa cédula estaría a la vista desde ${limaTime(p['includeBy'])} (hora de Lima), y no está en el registro.`,
      'promise-code-missing': () =>
        'La cédula está en el registro, pero el código que la urna firmó no está entre los comprobantes publicados.',
      'promise-forged': () =>
        'La promesa no lleva la firma de la urna de esta votación: la inventaron o la cambiaron.',
      'checkpoint-agrees': (p) =>
        `La constancia de ${amount(p['size'])} elementos está firmada por la urna y es el comienzo de este registro.`,
      'checkpoint-newer': (p) =>
        `La constancia tiene ${amount(p['size'])} elementos: es más nueva que este registro.`,
      'checkpoint-contradicts': (p) =>
        `La urna firmó una constancia de ${amount(p['size'])} elementos que contradice este registro: hay dos versiones.`,
      'checkpoint-unsigned': () =>
        'Una constancia de la prueba no lleva la firma de la urna: no demuestra nada.',
      'other-round': (p) => `La prueba es de otra votación (${p['round'] ?? ''}).`,
    },
  },
  verdictMarks: { passed: 'bien', failed: 'MAL', waiting: 'espera', blocked: 'sin comprobar' },
  states: {
    open: 'votación abierta',
    closed: 'votación cerrada, aún sin sellar',
    sealed: 'sellado',
  },
  labels: {
    round: 'Votación',
    state: 'Estado',
    manifest: 'Huella del manifiesto',
    root: 'Raíz del registro',
    size: 'Elementos',
    ballots: 'Cédulas',
    count: 'Lo que dan las cédulas',
    ownCount: 'Escrutinio propio de este verificador (todavía no hay uno anunciado)',
    demo: 'Es una demostración con datos ficticios.',
  },
  ballots: (lines, voters, paper) =>
    `${several(lines, 'electrónica', 'electrónicas')} de ${several(voters, 'votante', 'votantes')} y ${amount(paper)} de papel`,
  contest: (voters, blank) =>
    `${several(voters, 'votante', 'votantes')}, ${amount(blank)} en blanco`,
  option: (label, votes, funded) =>
    funded === null
      ? `${label}: ${several(votes, 'punto', 'puntos')}`
      : `${label}: ${several(votes, 'voto', 'votos')}${funded ? ', se financia' : ''}`,
  steps: {
    manifest: 'Leyendo las reglas',
    checkpoints: 'Revisando firmas',
    leaves: 'Revisando huellas',
    ballots: 'Revisando cédulas',
    count: 'Contando de nuevo',
    live: 'Revisando lo que mostró la pantalla',
    receipts: 'Revisando comprobantes',
  },
  problems: {
    'no-record':
      'Ahí no hay ningún registro público: falta manifest.json. Da la carpeta o la dirección que lo contiene.',
    away: 'No se pudo leer el registro: no hay conexión o el servidor no responde. Eso no dice nada sobre el resultado; inténtalo de nuevo.',
    unexpected:
      'El verificador se detuvo por un error propio. Eso no dice nada sobre el resultado.',
  },
};
