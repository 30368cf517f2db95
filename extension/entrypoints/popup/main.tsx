import '@touchstone/shared/tokens.css';
import '../../src/ui/page.css';
import '../../src/ui/panel.css';
import '../../src/ui/results.css';
import '../../src/popup/popup.css';
import { Popup } from '../../src/popup/popup.tsx';
import { mountPage } from '../../src/ui/mount-page.tsx';

mountPage(<Popup />);
