#include "app/window/eonay-opening.h"

#include <string.h>

#include "base/eonay-error.h"
#include "session/eonay-code.h"

#define SCHEME "eonay:"

/* Bytes. The longest link that can be right has 62. */
#define TEXT_MAX 256

/* Returns: (transfer full) (nullable): what @file stands for if it is no file, as it was written */
static char *
read_text (GFile *file)
{
  const char *path = g_file_peek_path (file);
  g_autofree char *text = path == NULL ? g_file_get_uri (file) : g_path_get_basename (path);

  if (path == NULL)
    return g_ascii_strncasecmp (text, SCHEME, strlen (SCHEME)) == 0 ? g_steal_pointer (&text)
                                                                    : NULL;

  /* A bare code on the command line comes as the name of a file that there is not. */
  return g_ascii_isdigit (*text) && strchr (text, '.') == NULL &&
                 !g_file_test (path, G_FILE_TEST_EXISTS)
             ? g_steal_pointer (&text)
             : NULL;
}

static void
take_text (EonayOpening *self, const char *text)
{
  g_autofree char *digits = NULL;

  if (strlen (text) > TEXT_MAX)
    {
      g_set_error_literal (&self->error, EONAY_SESSION_ERROR, EONAY_SESSION_ERROR_LINK_MALFORMED,
                           "What was to be opened is too long for a link");
      return;
    }

  digits = eonay_code_parse (text, NULL, &self->error);
  if (digits != NULL)
    self->code = g_strdup (text);
}

EonayOpening *
eonay_opening_new (GFile *const *files, int n_files)
{
  EonayOpening *self = g_new0 (EonayOpening, 1);
  g_autofree char *text = NULL;
  gboolean is_alone = n_files == 1;

  self->files = g_ptr_array_new_with_free_func (g_object_unref);
  for (int i = 0; i < n_files; i++)
    {
      g_autofree char *found = read_text (files[i]);

      if (found == NULL)
        g_ptr_array_add (self->files, g_object_ref (files[i]));
      else if (text == NULL)
        text = g_steal_pointer (&found);
    }

  if (text != NULL && is_alone)
    take_text (self, text);
  else
    self->is_among_others = text != NULL;

  return self;
}

void
eonay_opening_free (EonayOpening *self)
{
  g_free (self->code);
  g_ptr_array_unref (self->files);
  g_clear_error (&self->error);
  g_free (self);
}
