#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * EonayOpening: what another program or the command line gave to be opened, sorted without looking into
 * it: nothing is fetched, and nothing read.
 *
 * @code: (nullable): the code or link, if it is one and came alone
 * @files: (element-type GFile): everything else; what is missing or on another computer, too
 * @error: (nullable): why what came alone, as a link or code, is none
 * @is_among_others: whether links or codes came that are not taken, as they did not come alone
 */
typedef struct {
  char *code;
  GPtrArray *files;
  GError *error;
  gboolean is_among_others;
} EonayOpening;

/** Returns: (transfer full) */
EonayOpening *eonay_opening_new (GFile *const *files, int n_files);
void eonay_opening_free (EonayOpening *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EonayOpening, eonay_opening_free)

G_END_DECLS
