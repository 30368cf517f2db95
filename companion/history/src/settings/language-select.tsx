import { catalogueOf, LANGUAGES } from '@touchstone/shared/words';
import { useI18n } from '../i18n/i18n-context.tsx';
import { Choice } from '../ui/choice.tsx';

export function LanguageSelect() {
  const { t, language, setLanguage } = useI18n();
  const options = LANGUAGES.map((id) => {
    const { name } = catalogueOf(id);
    return { id, text: name, shown: <bdi lang={id}>{name}</bdi> };
  });
  return <Choice label={t('section-language')} options={options} value={language} onChange={setLanguage} />;
}
