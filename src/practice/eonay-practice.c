#include "practice/eonay-practice.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <json-glib/json-glib.h>

#include "base/eonay-private-file.h"

struct _EonayPractice {
  GObject parent_instance;

  EonayPracticeSlots *slots;
  EonayPracticePortal *portal;
  EonayPracticePki *pki;
  GPtrArray *cards;
  char *folder;
  char *signer_ca_file;
  gboolean starting;
};

G_DEFINE_FINAL_TYPE (EonayPractice, eonay_practice, G_TYPE_OBJECT)

/* The thread's result: not visible to others before it is complete. */
typedef struct {
  EonayPracticePki *pki;
  GPtrArray *cards;
} Stock;

static void
free_stock (Stock *self)
{
  g_clear_object (&self->pki);
  g_clear_pointer (&self->cards, g_ptr_array_unref);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Stock, free_stock)

static Stock *
make_stock (GError **error)
{
  g_autoptr (Stock) stock = g_new0 (Stock, 1);

  stock->cards = g_ptr_array_new_with_free_func (g_object_unref);
  stock->pki = eonay_practice_pki_new (error);
  if (stock->pki == NULL)
    return NULL;

  for (guint kind = 0; kind < EONAY_PRACTICE_N_CARDS; kind++)
    {
      EonayPracticeCard *card = eonay_practice_card_new ((EonayPracticeCardKind) kind, stock->pki,
                                                         error);

      if (card == NULL)
        return NULL;
      g_ptr_array_add (stock->cards, card);
    }

  return g_steal_pointer (&stock);
}

static void
make_stock_on_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  GError *error = NULL;
  Stock *stock = make_stock (&error);

  if (stock != NULL)
    g_task_return_pointer (task, stock, (GDestroyNotify) free_stock);
  else
    g_task_return_error (task, error);
}

/* @folder: (transfer full) */
static void
remove_folder (char *folder)
{
  g_autofree char *owned = folder;
  g_autoptr (GDir) files = g_dir_open (folder, 0, NULL);

  for (const char *name = NULL; files != NULL && (name = g_dir_read_name (files)) != NULL;)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      g_remove (path);
    }

  if (g_rmdir (folder) != 0)
    g_warning ("Cannot remove the practice folder: %s", g_strerror (errno));
}

static char *
make_folder (GError **error)
{
  const char *parent = g_get_user_runtime_dir ();
  g_autofree char *folder = g_build_filename (parent, "eonay-practice-XXXXXX", NULL);

  if (g_mkdir_with_parents (parent, 0700) == 0 && g_mkdtemp (folder) != NULL)
    return g_steal_pointer (&folder);

  g_set_error (error, G_IO_ERROR, (int) g_io_error_from_errno (errno),
               "Cannot make the practice folder: %s", g_strerror (errno));

  return NULL;
}

static void
eonay_practice_dispose (GObject *object)
{
  EonayPractice *self = EONAY_PRACTICE (object);

  g_clear_object (&self->portal);
  g_clear_object (&self->slots);
  g_clear_object (&self->pki);
  g_clear_pointer (&self->cards, g_ptr_array_unref);
  g_clear_pointer (&self->folder, remove_folder);
  g_clear_pointer (&self->signer_ca_file, g_free);

  G_OBJECT_CLASS (eonay_practice_parent_class)->dispose (object);
}

static void
eonay_practice_class_init (EonayPracticeClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = eonay_practice_dispose;
}

static void
eonay_practice_init (EonayPractice *self)
{
  self->slots = eonay_practice_slots_new ();
}

EonayPractice *
eonay_practice_new (void)
{
  return g_object_new (EONAY_TYPE_PRACTICE, NULL);
}

static gboolean
open_portal (EonayPractice *self, EonayPracticePki *pki, GError **error)
{
  g_autoptr (EonayPracticePortal) portal = eonay_practice_portal_new (NULL);

  const char *signer_ca = eonay_practice_pki_get_ca_pem (pki);

  if (!eonay_practice_portal_trust (portal, signer_ca, error))
    return FALSE;

  self->folder = make_folder (error);
  if (self->folder == NULL)
    return FALSE;

  self->signer_ca_file = g_build_filename (self->folder, "signer-ca.pem", NULL);
  if (!eonay_private_file_replace (self->signer_ca_file, signer_ca, -1, error) ||
      !eonay_practice_portal_start (portal, 0, self->folder, error))
    return FALSE;

  self->portal = g_steal_pointer (&portal);

  return TRUE;
}

static void
on_stock_made (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  EonayPractice *self = g_task_get_source_object (task);
  g_autoptr (Stock) stock = NULL;
  GError *error = NULL;

  stock = g_task_propagate_pointer (G_TASK (result), &error);
  if (stock == NULL || !open_portal (self, stock->pki, &error))
    {
      g_task_return_error (task, error);
      return;
    }

  self->pki = g_steal_pointer (&stock->pki);
  self->cards = g_steal_pointer (&stock->cards);
  eonay_practice_insert (self, GPOINTER_TO_INT (g_task_get_task_data (task)));
  g_task_return_boolean (task, TRUE);
}

void
eonay_practice_start_async (EonayPractice *self, int card, GCancellable *cancellable,
                            GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autoptr (GTask) making = NULL;

  g_return_if_fail (EONAY_IS_PRACTICE (self));
  g_return_if_fail (card >= -1 && card < EONAY_PRACTICE_N_CARDS);
  g_return_if_fail (!self->starting);

  self->starting = TRUE;
  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, eonay_practice_start_async);
  g_task_set_task_data (task, GINT_TO_POINTER (card), NULL);

  /* Without a source object: the thread may drop the last reference, and must not dispose of the
     portal. */
  making = g_task_new (NULL, cancellable, on_stock_made, g_object_ref (task));
  g_task_run_in_thread (making, make_stock_on_thread);
}

gboolean
eonay_practice_start_finish (EonayPractice *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

EonayPracticeSlots *
eonay_practice_get_slots (EonayPractice *self)
{
  g_return_val_if_fail (EONAY_IS_PRACTICE (self), NULL);

  return self->slots;
}

EonayPracticePortal *
eonay_practice_get_portal (EonayPractice *self)
{
  g_return_val_if_fail (EONAY_IS_PRACTICE (self), NULL);

  return self->portal;
}

const char *
eonay_practice_get_ca_pem (EonayPractice *self)
{
  g_return_val_if_fail (EONAY_IS_PRACTICE (self) && self->pki != NULL, NULL);

  return eonay_practice_pki_get_ca_pem (self->pki);
}

static void
add_member (JsonBuilder *builder, const char *name, const char *value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_string_value (builder, value);
}

char *
eonay_practice_describe_address (EonayPractice *self)
{
  g_autoptr (JsonBuilder) builder = json_builder_new_immutable ();
  g_autoptr (JsonNode) root = NULL;

  g_return_val_if_fail (EONAY_IS_PRACTICE (self) && self->portal != NULL, NULL);

  json_builder_begin_object (builder);
  add_member (builder, "base_url", eonay_practice_portal_get_base_url (self->portal));
  add_member (builder, "ca_file", eonay_practice_portal_get_tls_ca_file (self->portal));
  add_member (builder, "signer_ca_file", self->signer_ca_file);
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);

  return json_to_string (root, FALSE);
}

void
eonay_practice_insert (EonayPractice *self, int card)
{
  g_return_if_fail (EONAY_IS_PRACTICE (self) && self->cards != NULL);
  g_return_if_fail (card >= -1 && card < EONAY_PRACTICE_N_CARDS);

  eonay_practice_slots_set_card (self->slots,
                                 card >= 0 ? g_ptr_array_index (self->cards, card) : NULL);
}
