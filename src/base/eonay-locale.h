#pragma once

/**
 * eonay_locale_init: sets the user's locale, and the translations of this installation, or of the
 *   build tree (%EONAY_LOCALE_DIR, see eonay_development_getenv()). To be called once, at the start
 *   of main().
 */
void eonay_locale_init (void);
