#include "app/files/eonay-unseen-question.h"

#include <glib/gi18n-lib.h>

#include "app/files/eonay-file-list.h"

GtkWindow *
eonay_unseen_question_ask (GtkWindow *parent, GPtrArray *files, guint count, GCallback sure_cb,
                           gpointer object)
{
  guint n_unlooked = eonay_file_list_count_not_looked_at (files);
  g_autofree char *names = eonay_file_list_name_unseen (files);
  g_autofree char *heading = g_strdup_printf (
      n_unlooked > 0
          ? g_dngettext (GETTEXT_PACKAGE, "You have not looked at %u file to its end",
                         "You have not looked at %u files to their end", n_unlooked)
          : g_dngettext (GETTEXT_PACKAGE, "You have not confirmed the warnings of %u file",
                         "You have not confirmed the warnings of %u files", count),
      n_unlooked > 0 ? n_unlooked : count);

  return eonay_question_ask (
      parent, heading, names, _ ("_Back to the files"),
      n_unlooked > 0 ? _ ("Sign without looking") : _ ("Sign without reading"), sure_cb, object);
}
