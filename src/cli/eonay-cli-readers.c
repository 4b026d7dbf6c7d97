#include "cli/eonay-cli-readers.h"

#include "card/pcsc/eonay-pcsc-slots.h"
#include "card/reader/eonay-module-discovery.h"
#include "session/eonay-journal.h"
#include "session/eonay-settings.h"

struct _EonayCliReaders {
  EonayReaderList *list;
  EonayModuleDiscovery *modules;
  EonayPractice *practice;
  GSettings *settings;
};

/* Returns: (transfer full): @modules, and those chosen in the window's preferences */
static char **
add_picked (GSettings *settings, const char *const *modules)
{
  g_auto (GStrv) picked = eonay_settings_dup_modules (settings);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  if (modules != NULL)
    g_strv_builder_addv (builder, (const char **) modules);
  g_strv_builder_addv (builder, (const char **) picked);

  return g_strv_builder_end (builder);
}

EonayCliReaders *
eonay_cli_readers_new (const char *const *modules)
{
  EonayCliReaders *self = g_new0 (EonayCliReaders, 1);
  g_autoptr (EonaySlotSource) slots = eonay_pcsc_slots_new ();
  g_autoptr (EonayCardCache) cache = eonay_card_cache_new (NULL);
  g_auto (GStrv) picked = NULL;

  self->settings = eonay_settings_new ();
  picked = add_picked (self->settings, modules);
  self->list = eonay_reader_list_new_with_cache (slots, cache);
  eonay_settings_bind_readers (self->settings, self->list);
  eonay_journal_follow_readers (self->list);
  self->modules = eonay_module_discovery_new (self->list, (const char *const *) picked);

  return self;
}

static void
on_practice_started (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

EonayCliReaders *
eonay_cli_readers_new_practice (int card, GError **error)
{
  g_autoptr (EonayCliReaders) self = g_new0 (EonayCliReaders, 1);
  g_autoptr (GAsyncResult) result = NULL;

  self->practice = eonay_practice_new ();
  eonay_practice_start_async (self->practice, card, NULL, on_practice_started, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  if (!eonay_practice_start_finish (self->practice, result, error))
    return NULL;

  self->list =
      eonay_reader_list_new (EONAY_SLOT_SOURCE (eonay_practice_get_slots (self->practice)));

  return g_steal_pointer (&self);
}

EonayReaderList *
eonay_cli_readers_get_list (EonayCliReaders *self)
{
  return self->list;
}

EonayPractice *
eonay_cli_readers_get_practice (EonayCliReaders *self)
{
  return self->practice;
}

void
eonay_cli_readers_free (EonayCliReaders *self)
{
  if (self == NULL)
    return;

  g_clear_object (&self->modules);
  g_clear_object (&self->list);
  g_clear_object (&self->practice);
  g_clear_object (&self->settings);
  g_free (self);
}
