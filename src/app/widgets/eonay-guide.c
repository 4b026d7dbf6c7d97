#include "app/widgets/eonay-guide.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/eonay-development.h"
#include "eonay-config.h"

#define SCHEME "help"
#define DOCUMENT "eonay"

/* A name comes from no menu of ours only: it must not lead out of the guide's folder. */
static gboolean
is_page (const char *page)
{
  for (const char *p = page; *p != '\0'; p++)
    if (!g_ascii_isalnum (*p) && *p != '-')
      return FALSE;

  return *page != '\0';
}

/* The person's environment names the languages: one must not lead out of the folder either. */
static gboolean
is_language (const char *name)
{
  for (const char *p = name; *p != '\0'; p++)
    if (!g_ascii_isalnum (*p) && strchr ("_@.-", *p) == NULL)
      return FALSE;

  return *name != '\0' && *name != '.';
}

static gboolean
has_guide (const char *folder, const char *language)
{
  g_autofree char *guide = g_build_filename (folder, "help", language, DOCUMENT, NULL);

  return g_file_test (guide, G_FILE_TEST_EXISTS);
}

/* Returns: (transfer full): where a viewer looks for documents, in its order */
static char **
list_data_folders (void)
{
  const char *const *folders = g_get_system_data_dirs ();
  g_autoptr (GStrvBuilder) list = g_strv_builder_new ();

  g_strv_builder_add (list, g_get_user_data_dir ());
  g_strv_builder_addv (list, (const char **) folders);

  return g_strv_builder_end (list);
}

static gboolean
is_same_folder (const char *one, const char *other)
{
  g_autofree char *a = g_canonicalize_filename (one, NULL);
  g_autofree char *b = g_canonicalize_filename (other, NULL);

  return g_str_equal (a, b);
}

static gboolean
has_guide_in_any_language (const char *folder)
{
  const char *const *languages = g_get_language_names ();

  for (gsize i = 0; languages[i] != NULL; i++)
    if (!is_language (languages[i]) || has_guide (folder, languages[i]))
      return TRUE;

  return FALSE;
}

/* A viewer shows a stranger's guide of the same name in the place of ours, or adds its pages. */
static gboolean
is_only_guide (const char *own)
{
  g_auto (GStrv) folders = list_data_folders ();
  g_autofree char *index = g_build_filename (own, "help", "C", DOCUMENT, EONAY_GUIDE_INDEX ".page",
                                             NULL);
  gboolean is_listed = FALSE;

  for (gsize i = 0; folders[i] != NULL; i++)
    if (is_same_folder (folders[i], own))
      is_listed = TRUE;
    else if (has_guide_in_any_language (folders[i]))
      return FALSE;

  return is_listed && g_file_test (index, G_FILE_TEST_IS_REGULAR);
}

/* A viewer without the guide would open, and say that there is none. */
static gboolean
has_viewer (void)
{
  g_autoptr (GAppInfo) viewer = g_app_info_get_default_for_uri_scheme (SCHEME);
  const char *uninstalled = eonay_development_getenv ("EONAY_HELP_DIR");

  return viewer != NULL && is_only_guide (uninstalled != NULL ? uninstalled : EONAY_HELP_DIR);
}

/* Returns: (transfer full) (nullable): the page in the first of the person's languages that has it */
static char *
find_html (const char *page)
{
  const char *uninstalled = eonay_development_getenv ("EONAY_GUIDE_DIR");
  const char *folder = uninstalled != NULL ? uninstalled : EONAY_GUIDE_DIR;
  const char *const *languages = g_get_language_names ();
  g_autofree char *name = g_strconcat (page, ".html", NULL);

  for (gsize i = 0; languages[i] != NULL; i++)
    {
      g_autofree char *path = g_build_filename (folder, languages[i], name, NULL);

      if (is_language (languages[i]) && g_file_test (path, G_FILE_TEST_IS_REGULAR))
        return g_filename_to_uri (path, NULL, NULL);
    }

  return NULL;
}

char **
eonay_guide_list_uris (const char *page)
{
  g_autoptr (GStrvBuilder) uris = g_strv_builder_new ();
  g_autofree char *html = NULL;

  g_return_val_if_fail (page != NULL, NULL);

  if (is_page (page))
    {
      g_autofree char *help = g_strconcat (SCHEME ":" DOCUMENT "/", page, NULL);

      if (has_viewer ())
        g_strv_builder_add (uris, help);
      html = find_html (page);
      if (html != NULL)
        g_strv_builder_add (uris, html);
    }

  return g_strv_builder_end (uris);
}

typedef struct {
  char **uris;
  gsize next;
} Opening;

static void
opening_free (gpointer data)
{
  Opening *self = data;

  g_strfreev (self->uris);
  g_free (self);
}

static void open_next (GTask *task);

static void
shown_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;

  if (gtk_show_uri_full_finish (GTK_WINDOW (source), result, &error))
    {
      g_task_return_boolean (task, TRUE);
      return;
    }

  g_debug ("The guide was not opened: %s", error->message);
  open_next (g_steal_pointer (&task));
}

/* @task: (transfer full) */
static void
open_next (GTask *task)
{
  Opening *self = g_task_get_task_data (task);
  const char *uri = self->uris[self->next];

  if (uri != NULL)
    {
      self->next++;
      gtk_show_uri_full (g_task_get_source_object (task), uri, GDK_CURRENT_TIME, NULL, shown_cb,
                         task);
      return;
    }

  g_task_return_new_error (task, G_IO_ERROR,
                           self->next > 0 ? G_IO_ERROR_NOT_SUPPORTED : G_IO_ERROR_NOT_FOUND,
                           "The guide cannot be opened");
  g_object_unref (task);
}

void
eonay_guide_open_async (GtkWindow *parent, const char *page, GAsyncReadyCallback callback,
                        gpointer user_data)
{
  GTask *task = g_task_new (parent, NULL, callback, user_data);
  Opening *self = g_new0 (Opening, 1);

  self->uris = eonay_guide_list_uris (page);
  g_task_set_task_data (task, self, opening_free);
  open_next (task);
}

gboolean
eonay_guide_open_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

const char *
eonay_guide_describe_failure (const GError *error)
{
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
    return _ ("The guide is not installed.");

  return _ ("No program could show the guide.");
}
