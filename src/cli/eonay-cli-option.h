#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * Options common to several commands. An invalid one is %G_OPTION_ERROR_BAD_VALUE with a message in
 * the person's language.
 */

/** Sets @error with @message. Returns: %FALSE */
gboolean eonay_cli_option_refuse (GError **error, const char *message);

/**
 * eonay_cli_option_read_card:
 * @word: (nullable): of --card
 * @practice: whether --practice was given, too
 * @card: (out): an #EonayPracticeCardKind
 */
gboolean eonay_cli_option_read_card (const char *word, gboolean practice, int *card,
                                     GError **error);

/**
 * eonay_cli_option_read_serial:
 * @serial: (inout) (nullable): of --certificate; turned into lower-case hexadecimal without
 *   separators and leading zeros
 */
gboolean eonay_cli_option_read_serial (char **serial, GError **error);

/**
 * eonay_cli_option_check_locks: refuses options that an administrator has locked (#EonaySettings)
 * @modules: whether --module was given
 * @experimental: whether --experimental-akis was
 * @history: whether --history or --no-history was
 */
gboolean eonay_cli_option_check_locks (gboolean modules, gboolean experimental, gboolean history,
                                       GError **error);

/** @fd: -1 when the option was not given */
gboolean eonay_cli_option_check_descriptor (int fd, const char *message, GError **error);

G_END_DECLS
