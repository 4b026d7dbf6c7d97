#pragma once

/**
 * eonay_locale_init: the person's locale, and the translations of this installation, or of the
 *   build tree (%EONAY_LOCALE_DIR, see eonay_development_getenv()). Once, first thing in main().
 */
void eonay_locale_init (void);
