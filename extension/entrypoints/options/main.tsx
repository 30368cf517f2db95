import '@touchstone/shared/tokens.css';
import '../../src/ui/page.css';
import '../../src/ui/full-page.css';
import '../../src/options/options.css';
import { Options } from '../../src/options/options.tsx';
import { mountPage } from '../../src/ui/mount-page.tsx';

mountPage(<Options />);
