#include "session/files/eonay-file-options.h"

EonayFileOptions *
eonay_file_options_new (void)
{
  return g_new0 (EonayFileOptions, 1);
}

EonayFileOptions *
eonay_file_options_copy (const EonayFileOptions *self)
{
  EonayFileOptions *copy = g_memdup2 (self, sizeof *self);

  copy->reason = g_strdup (self->reason);
  copy->location = g_strdup (self->location);
  copy->mark = g_memdup2 (self->mark, sizeof *self->mark);
  copy->folder = g_strdup (self->folder);

  return copy;
}

void
eonay_file_options_free (EonayFileOptions *self)
{
  if (self == NULL)
    return;

  g_free (self->reason);
  g_free (self->location);
  g_free (self->mark);
  g_free (self->folder);
  g_free (self);
}
