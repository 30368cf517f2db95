import '@touchstone/shared/tokens.css';
import '../../src/ui/page.css';
import '../../src/ui/full-page.css';
import '../../src/ui/panel.css';
import '../../src/ui/results.css';
import '../../src/check-file/check-file.css';
import { CheckPage } from '../../src/check-file/check-page.tsx';
import { mountPage } from '../../src/ui/mount-page.tsx';

mountPage(<CheckPage />);
