import '@touchstone/shared/tokens.css';
import '../../src/ui/page.css';
import '../../src/ui/full-page.css';
import '../../src/ui/panel.css';
import '../../src/ui/results.css';
import '../../src/check-file/check-file.css';
import { mountPage } from '../../src/ui/mount-page.tsx';
import { Welcome } from '../../src/welcome/welcome.tsx';

mountPage(<Welcome />);
