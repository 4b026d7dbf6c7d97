#include "card/reader/eonay-module-search.h"

#include "card/pkcs11/eonay-pkcs11-registry.h"

struct _EonayModuleSearch {
  GObject parent_instance;

  char **picked;
  GPtrArray *modules; /* EonayPkcs11Module; NULL until the registry was asked */
  guint n_picked;     /* the first of them, which the person has picked */
  gboolean stale;     /* they are not those of picked */
};

typedef struct {
  char **skip;
  gboolean only_picked;
  EonayModuleFoundFunc found;
  gpointer user_data;
  guint position;
} Run;

G_DEFINE_FINAL_TYPE (EonayModuleSearch, eonay_module_search, G_TYPE_OBJECT)

static void list_next (GTask *task);

static void
run_free (gpointer run)
{
  Run *self = run;

  g_strfreev (self->skip);
  g_free (self);
}

static void
on_listed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  EonayPkcs11Module *module = EONAY_PKCS11_MODULE (source);
  Run *run = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) slots = eonay_pkcs11_module_list_finish (module, result, &error);

  if (g_cancellable_is_cancelled (g_task_get_cancellable (task)))
    {
      g_task_return_error_if_cancelled (task);
      return;
    }

  if (!run->found (module, slots, error, run->user_data))
    eonay_pkcs11_module_rest (module);
  list_next (g_steal_pointer (&task));
}

/* @task: (transfer full) */
static void
list_next (GTask *task)
{
  EonayModuleSearch *self = g_task_get_source_object (task);
  Run *run = g_task_get_task_data (task);

  if (run->position < (run->only_picked ? self->n_picked : self->modules->len))
    {
      eonay_pkcs11_module_list_async (self->modules->pdata[run->position++],
                                      (const char *const *) run->skip, NULL, on_listed, task);
      return;
    }

  g_task_return_boolean (task, TRUE);
  g_object_unref (task);
}

static EonayPkcs11Module *
find (EonayModuleSearch *self, const char *path)
{
  for (guint i = 0; self->modules != NULL && i < self->modules->len; i++)
    if (g_str_equal (eonay_pkcs11_module_get_path (self->modules->pdata[i]), path))
      return self->modules->pdata[i];

  return NULL;
}

/* @places: (nullable) */
static void
take_places (EonayModuleSearch *self, GPtrArray *places)
{
  GPtrArray *modules = g_ptr_array_new_with_free_func (g_object_unref);

  self->n_picked = 0;
  for (guint i = 0; places != NULL && i < places->len; i++)
    {
      const EonayPkcs11Place *place = places->pdata[i];
      const char *path = place->path;
      EonayPkcs11Module *known = find (self, path);

      g_ptr_array_add (modules,
                       known != NULL ? g_object_ref (known) : eonay_pkcs11_module_new (path, NULL));
      if (place->origin == EONAY_PKCS11_FROM_PERSON)
        self->n_picked++;
    }
  g_clear_pointer (&self->modules, g_ptr_array_unref);
  self->modules = modules;
}

static void
on_modules_found (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  EonayModuleSearch *self = g_task_get_source_object (task);
  g_autoptr (GPtrArray) places = eonay_pkcs11_registry_find_finish (result, NULL);

  take_places (self, places);
  if (!g_task_return_error_if_cancelled (task))
    list_next (g_steal_pointer (&task));
}

void
eonay_module_search_run_async (EonayModuleSearch *self, gboolean only_picked,
                               const char *const *skip, EonayModuleFoundFunc found,
                               GCancellable *cancellable, GAsyncReadyCallback callback,
                               gpointer user_data)
{
  GTask *task;
  Run *run;

  g_return_if_fail (EONAY_IS_MODULE_SEARCH (self));

  run = g_new0 (Run, 1);
  run->skip = g_strdupv ((char **) skip);
  run->only_picked = only_picked;
  run->found = found;
  run->user_data = user_data;
  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, eonay_module_search_run_async);
  g_task_set_task_data (task, run, run_free);
  if (self->modules != NULL && !self->stale)
    {
      list_next (task);
      return;
    }

  self->stale = FALSE;
  eonay_pkcs11_registry_find_async ((const char *const *) self->picked, NULL, on_modules_found,
                                    task);
}

void
eonay_module_search_set_picked (EonayModuleSearch *self, const char *const *picked)
{
  g_return_if_fail (EONAY_IS_MODULE_SEARCH (self));

  g_strfreev (self->picked);
  self->picked = g_strdupv ((char **) picked);
  self->stale = TRUE;
}

gboolean
eonay_module_search_has (EonayModuleSearch *self, const char *path)
{
  g_return_val_if_fail (EONAY_IS_MODULE_SEARCH (self), FALSE);

  return find (self, path) != NULL;
}

gboolean
eonay_module_search_run_finish (EonayModuleSearch *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
eonay_module_search_finalize (GObject *object)
{
  EonayModuleSearch *self = EONAY_MODULE_SEARCH (object);

  g_strfreev (self->picked);
  g_clear_pointer (&self->modules, g_ptr_array_unref);

  G_OBJECT_CLASS (eonay_module_search_parent_class)->finalize (object);
}

static void
eonay_module_search_class_init (EonayModuleSearchClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = eonay_module_search_finalize;
}

static void
eonay_module_search_init (EonayModuleSearch *self)
{
}

EonayModuleSearch *
eonay_module_search_new (const char *const *picked)
{
  EonayModuleSearch *self = g_object_new (EONAY_TYPE_MODULE_SEARCH, NULL);

  self->picked = g_strdupv ((char **) picked);

  return self;
}
