import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { Button } from './button';
import { ConfirmForm } from './confirm-form';
import { ErrorSummary } from './error-summary';
import { Checkbox, Radios, TextInput } from './field';
import { Progress } from './progress';
import { DataTable } from './table';

describe('a form', () => {
  it('tells assistive technology the hint and the error of a field, and that it is wrong', () => {
    const html = renderToStaticMarkup(
      <TextInput id="dni" name="dni" label="DNI" hint="Ocho dígitos" error="Faltan dígitos" />,
    );
    expect(html).toContain('<label for="dni"');
    expect(html).toMatch(/<input id="dni"[^>]*aria-describedby="dni-hint dni-error"/);
    expect(html).toMatch(/<input[^>]*aria-invalid="true"/);
    expect(html).toContain('id="dni-error"');
  });

  it('describes nothing that is not there', () => {
    const html = renderToStaticMarkup(<TextInput id="dni" name="dni" label="DNI" />);
    expect(html).not.toContain('aria-describedby');
    expect(html).not.toContain('aria-invalid');
  });

  it('lets an error summary link to the first of several radios', () => {
    const choices = [
      { value: 'a', label: 'A' },
      { value: 'b', label: 'B' },
    ];
    const html = renderToStaticMarkup(
      <>
        <ErrorSummary title="Hay un problema" errors={[{ href: '#way', message: 'Elige' }]} />
        <Radios id="way" name="way" label="Cómo" choices={choices} defaultValue="b" error="Elige" />
      </>,
    );
    expect(html).toContain('href="#way"');
    expect(html).toMatch(/<input type="radio" id="way"/);
    expect(html).toMatch(/<input[^>]*checked=""[^>]*value="b"/);
    expect(html).toMatch(/role="alert" tabindex="-1"/);
  });

  it('is sent by its button unless the button says otherwise', () => {
    expect(renderToStaticMarkup(<Button>Enviar</Button>)).toContain('type="submit"');
    expect(renderToStaticMarkup(<Button type="button">Abrir</Button>)).toContain('type="button"');
  });

  it('asks for the reason of a destructive act and carries what it acts on', () => {
    const html = renderToStaticMarkup(
      <ConfirmForm
        action={() => undefined}
        sentence="La votación se cierra ahora."
        reason={{ label: 'Motivo' }}
        submit="Cerrar la votación"
        hidden={{ round: 'pp2027-votacion' }}
      />,
    );
    expect(html).toMatch(
      /<textarea[^>]*required=""[^>]*name="reason"|<textarea[^>]*name="reason"[^>]*required=""/,
    );
    expect(html).toContain('type="hidden" name="round" value="pp2027-votacion"');
  });

  it('keeps the tick box inside its label, so that the words can be touched', () => {
    const html = renderToStaticMarkup(<Checkbox id="ok" name="ok" label="Acepto" />);
    expect(html).toMatch(/<label[^>]*><input id="ok"/);
  });
});

describe('a table', () => {
  it('names its rows and columns and can be scrolled by keyboard', () => {
    const html = renderToStaticMarkup(
      <DataTable
        caption="Participación"
        head={['Distrito', 'Votos']}
        rows={[['Chilca', 120]]}
        numeric={[1]}
        foot={['Total', 120]}
      />,
    );
    expect(html).toContain('<caption');
    expect(html).toMatch(/<th scope="row"[^>]*>Chilca<\/th>/);
    expect(html).toMatch(/<td class="[^"]*text-right[^"]*">120<\/td>/);
    expect(html).toMatch(/role="region" aria-label="Participación" tabindex="0"/);
    expect(html).toContain('<tfoot>');
  });
});

describe('progress', () => {
  it.each([
    [50, 200, '25'],
    [300, 200, '100'],
    [0, 0, '0'],
  ])('of %d in %d fills %s per cent, never more than the whole', (value, max, share) => {
    const html = renderToStaticMarkup(<Progress value={value} max={max} label="Filas" />);
    expect(html).toContain(`<rect width="${share}"`);
  });
});
