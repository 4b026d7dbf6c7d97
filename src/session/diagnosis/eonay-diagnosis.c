#include "session/diagnosis/eonay-diagnosis.h"

#include <glib/gi18n-lib.h>

#include "base/eonay-text-class.h"
#include "card/pkcs11/eonay-pkcs11-isolation.h"
#include "eonay-config.h"
#include "session/diagnosis/eonay-card-survey.h"
#include "session/diagnosis/eonay-judge.h"
#include "session/diagnosis/eonay-plug-watch.h"
#include "session/diagnosis/eonay-portal-checks.h"
#include "session/diagnosis/eonay-system-name.h"
#include "session/eonay-journal.h"

struct _EonayDiagnosis {
  GObject parent_instance;

  EonayReaderList *readers;
  EonayCandidateList *candidates;
  gboolean practice;
  const EonayClock *clock;
  EonaySandboxFacts *sandbox;
  GPtrArray *checks;
  GPtrArray *portals;
  GCancellable *cancellable;
  guint n_pending;
  gboolean running;
  gboolean is_card_ready;
  EonayPlugWatch *watch; /* nullable */
  gboolean is_outdated;  /* a card or reader was added or removed since the check */
};

enum {
  PROP_0,
  PROP_RUNNING,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static void eonay_diagnosis_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (EonayDiagnosis, eonay_diagnosis, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL,
                                                      eonay_diagnosis_model_init))

typedef struct {
  const char *id;
  const char *title;
  EonayFinding *(*judge) (const EonayCardEvidence *evidence);
} CardCheck;

/* In order of dependency; the first three are known before the cards. */
static const CardCheck card_checks[] = {
  { "service", N_ ("Card service"), eonay_judge_service },
  { "permission", N_ ("Permission for the card service"), eonay_judge_permission },
  { "protocol", N_ ("Version of the card service"), eonay_judge_protocol },
  { "reader", N_ ("Card reader"), eonay_judge_reader },
  { "card", N_ ("Card"), eonay_judge_card },
  { "driver", N_ ("Driver or module"), eonay_judge_driver },
  { "pin", N_ ("PIN"), eonay_judge_pin },
  { "certificate", N_ ("Certificate"), eonay_judge_certificate },
};

/* A card may be detected and lost several times while it is being inserted. */
#define CALM_MS 700

#define N_OF_SERVICE 3
#define N_BEFORE_PINS 6

static GType
eonay_diagnosis_get_item_type (GListModel *model)
{
  return EONAY_TYPE_CHECK;
}

static guint
eonay_diagnosis_get_n_items (GListModel *model)
{
  return EONAY_DIAGNOSIS (model)->checks->len;
}

static gpointer
eonay_diagnosis_get_item (GListModel *model, guint position)
{
  EonayDiagnosis *self = EONAY_DIAGNOSIS (model);

  if (position >= self->checks->len)
    return NULL;

  return g_object_ref (self->checks->pdata[position]);
}

static void
eonay_diagnosis_model_init (GListModelInterface *iface)
{
  iface->get_item_type = eonay_diagnosis_get_item_type;
  iface->get_n_items = eonay_diagnosis_get_n_items;
  iface->get_item = eonay_diagnosis_get_item;
}

static void
eonay_diagnosis_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_RUNNING:
      g_value_set_boolean (value, EONAY_DIAGNOSIS (object)->running);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
eonay_diagnosis_dispose (GObject *object)
{
  EonayDiagnosis *self = EONAY_DIAGNOSIS (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->watch, eonay_plug_watch_free);
  g_clear_object (&self->candidates);
  g_clear_object (&self->readers);

  G_OBJECT_CLASS (eonay_diagnosis_parent_class)->dispose (object);
}

static void
eonay_diagnosis_finalize (GObject *object)
{
  EonayDiagnosis *self = EONAY_DIAGNOSIS (object);

  g_ptr_array_unref (self->checks);
  g_ptr_array_unref (self->portals);
  eonay_sandbox_facts_free (self->sandbox);

  G_OBJECT_CLASS (eonay_diagnosis_parent_class)->finalize (object);
}

static void
eonay_diagnosis_class_init (EonayDiagnosisClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = eonay_diagnosis_get_property;
  object_class->dispose = eonay_diagnosis_dispose;
  object_class->finalize = eonay_diagnosis_finalize;

  properties[PROP_RUNNING] = g_param_spec_boolean ("running", NULL, NULL, FALSE,
                                                   G_PARAM_READABLE | G_PARAM_STATIC_STRINGS |
                                                       G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
eonay_diagnosis_init (EonayDiagnosis *self)
{
  self->checks = g_ptr_array_new_with_free_func (g_object_unref);
  self->portals = g_ptr_array_new_with_free_func ((GDestroyNotify) eonay_portal_checks_free);
  self->sandbox = eonay_sandbox_facts_gather ();
}

static void
add_check (EonayDiagnosis *self, const char *id, EonayCheckGroup group, const char *title)
{
  g_ptr_array_add (self->checks, eonay_check_new (id, group, title, NULL));
}

/** @profile: (nullable) */
static void
add_portal (EonayDiagnosis *self, EonayPortalProfile *profile)
{
  EonayPortalChecks *checks = eonay_portal_checks_new (profile);

  g_ptr_array_add (self->portals, checks);
  eonay_portal_checks_list (checks, self->checks);
}

EonayDiagnosis *
eonay_diagnosis_new (EonayReaderList *readers, GListModel *portals, gboolean practice,
                     const EonayClock *clock)
{
  EonayDiagnosis *self;

  g_return_val_if_fail (EONAY_IS_READER_LIST (readers), NULL);
  g_return_val_if_fail (G_IS_LIST_MODEL (portals), NULL);

  self = g_object_new (EONAY_TYPE_DIAGNOSIS, NULL);
  self->readers = g_object_ref (readers);
  self->candidates = eonay_candidate_list_new (readers, clock);
  self->practice = practice;
  self->clock = clock;

  for (gsize i = 0; i < G_N_ELEMENTS (card_checks); i++)
    add_check (self, card_checks[i].id, EONAY_CHECK_GROUP_CARD, _ (card_checks[i].title));
  for (guint i = 0; i < g_list_model_get_n_items (portals); i++)
    {
      g_autoptr (EonayPortalProfile) profile = g_list_model_get_item (portals, i);

      add_portal (self, profile);
    }
  if (self->portals->len == 0)
    add_portal (self, NULL);
  add_check (self, "sandbox", EONAY_CHECK_GROUP_COMPUTER, _ ("Flatpak permissions"));
  add_check (self, "host-modules", EONAY_CHECK_GROUP_COMPUTER, _ ("Modules for the Flatpak"));
  add_check (self, "isolation", EONAY_CHECK_GROUP_COMPUTER, _ ("Isolation of modules"));
  add_check (self, "locale", EONAY_CHECK_GROUP_COMPUTER, _ ("Language"));
  add_check (self, "program", EONAY_CHECK_GROUP_COMPUTER, _ ("Program"));
  add_check (self, "system", EONAY_CHECK_GROUP_COMPUTER, _ ("Operating system"));

  return self;
}

EonayCheck *
eonay_diagnosis_find (EonayDiagnosis *self, const char *id)
{
  g_return_val_if_fail (EONAY_IS_DIAGNOSIS (self), NULL);

  for (guint i = 0; i < self->checks->len; i++)
    if (g_str_equal (eonay_check_get_id (self->checks->pdata[i]), id))
      return self->checks->pdata[i];

  return NULL;
}

static void
set_running (EonayDiagnosis *self, gboolean running)
{
  if (self->running == running)
    return;

  self->running = running;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_RUNNING]);
}

static void
write_journal (EonayDiagnosis *self)
{
  for (guint i = 0; i < self->checks->len; i++)
    {
      EonayCheck *check = self->checks->pdata[i];
      EonayJournalEntry entry = { .check = eonay_check_get_id (check) };

      if (eonay_check_get_state (check) != EONAY_FINDING_FAILURE)
        continue;

      entry.code = eonay_check_get_finding (check)->code;
      eonay_journal_write (EONAY_JOURNAL_CHECK_FAILED, &entry);
    }
}

static void
count_done (EonayDiagnosis *self)
{
  self->n_pending--;
  if (self->n_pending > 0)
    return;

  write_journal (self);
  set_running (self, FALSE);
  if (self->is_outdated)
    eonay_diagnosis_run (self);
}

static EonayCardEvidence
make_evidence (EonayDiagnosis *self, const EonayCardSurvey *survey)
{
  return (EonayCardEvidence){ .service = survey->service,
                              .is_sandboxed = self->sandbox->is_sandboxed,
                              .has_pcsc = self->sandbox->has_pcsc,
                              .cards = survey->cards };
}

/* Returns: whether a card can sign, as far as @survey knows. */
static gboolean
judge_cards (EonayDiagnosis *self, const EonayCardSurvey *survey, gsize n)
{
  EonayCardEvidence evidence = make_evidence (self, survey);

  for (gsize i = 0; i < n; i++)
    eonay_check_take_finding (self->checks->pdata[i], card_checks[i].judge (&evidence));

  return eonay_judge_can_sign (&evidence);
}

/* No server is needed for a card that can sign without one. */
static void
judge_host_modules (EonayDiagnosis *self, const EonayCardSurvey *survey)
{
  EonayCardEvidence evidence = make_evidence (self, survey);

  eonay_check_take_finding (eonay_diagnosis_find (self, "host-modules"),
                            eonay_judge_host_modules (self->sandbox, &evidence));
}

/* A failed service may not be needed, so its checks wait for the cards then. */
static void
on_cards_progress (const EonayCardSurvey *so_far, gpointer user_data)
{
  EonayDiagnosis *self = user_data;
  gboolean in_trouble = so_far->service != NULL && so_far->service->error != NULL;

  if (so_far->cards->len > 0)
    judge_cards (self, so_far, N_BEFORE_PINS);
  else if (!in_trouble)
    judge_cards (self, so_far, N_OF_SERVICE);
}

static void
on_cards_surveyed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (EonayDiagnosis) self = user_data;
  g_autoptr (EonayCardSurvey) survey = eonay_card_survey_finish (result, NULL);

  if (survey == NULL)
    return;

  self->is_outdated = FALSE;
  self->is_card_ready = judge_cards (self, survey, G_N_ELEMENTS (card_checks));
  judge_host_modules (self, survey);
  count_done (self);
}

static void
on_portal_done (gpointer user_data)
{
  g_autoptr (EonayDiagnosis) self = user_data;

  count_done (self);
}

static void
on_isolation_found (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (EonayDiagnosis) self = user_data;
  g_autoptr (GError) error = NULL;
  EonaySandboxLack lack;
  gboolean is_known = eonay_pkcs11_isolation_find_finish (result, &lack, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  eonay_check_take_finding (eonay_diagnosis_find (self, "isolation"),
                            eonay_judge_isolation (is_known ? &lack : NULL));
  count_done (self);
}

static void
examine_isolation (EonayDiagnosis *self)
{
  if (self->practice)
    {
      eonay_check_take_finding (eonay_diagnosis_find (self, "isolation"),
                                eonay_finding_new (EONAY_FINDING_NOT_APPLICABLE,
                                                   g_strdup (_ ("Practice mode uses no module."))));
      return;
    }

  self->n_pending++;
  eonay_pkcs11_isolation_find_async (self->cancellable, on_isolation_found, g_object_ref (self));
}

/* Returns: (transfer full): "e-Onay 0.1.0 · Flatpak, org.gnome.Platform/x86_64/51" */
static char *
describe_program (const EonaySandboxFacts *sandbox)
{
  g_autofree char *runtime = NULL;

  if (!sandbox->is_sandboxed)
    return g_strdup ("e-Onay " EONAY_VERSION);

  runtime = eonay_text_class_make_name (sandbox->runtime != NULL ? sandbox->runtime : "?", -1);

  return g_strdup_printf ("e-Onay " EONAY_VERSION " · Flatpak, %s", runtime);
}

static void
judge_computer (EonayDiagnosis *self)
{
  g_autoptr (EonayLocaleFacts) locale = eonay_locale_facts_gather ();

  eonay_check_take_finding (eonay_diagnosis_find (self, "sandbox"),
                            eonay_judge_sandbox (self->sandbox));
  eonay_check_take_finding (eonay_diagnosis_find (self, "locale"), eonay_judge_locale (locale));
  eonay_check_take_finding (eonay_diagnosis_find (self, "program"),
                            eonay_finding_new (EONAY_FINDING_OK, describe_program (self->sandbox)));
  eonay_check_take_finding (eonay_diagnosis_find (self, "system"),
                            eonay_finding_new (EONAY_FINDING_OK, eonay_system_name_describe ()));
}

void
eonay_diagnosis_run (EonayDiagnosis *self)
{
  g_return_if_fail (EONAY_IS_DIAGNOSIS (self));

  if (self->running)
    return;

  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  self->is_card_ready = FALSE;
  self->is_outdated = FALSE;
  for (guint i = 0; i < self->checks->len; i++)
    eonay_check_reset (self->checks->pdata[i]);
  self->n_pending = 1;
  set_running (self, TRUE);

  judge_computer (self);
  examine_isolation (self);
  for (guint i = 0; i < self->portals->len; i++)
    {
      self->n_pending++;
      eonay_portal_checks_run (self->portals->pdata[i], self->clock, self->cancellable,
                               on_portal_done, g_object_ref (self), g_object_unref);
    }
  eonay_card_survey_async (self->readers, self->candidates, !self->practice, self->clock,
                           on_cards_progress, self->cancellable, on_cards_surveyed,
                           g_object_ref (self));
}

static void
on_plugged (gpointer user_data)
{
  EonayDiagnosis *self = user_data;

  self->is_outdated = TRUE;
  if (!self->running)
    eonay_diagnosis_run (self);
}

void
eonay_diagnosis_follow (EonayDiagnosis *self)
{
  g_return_if_fail (EONAY_IS_DIAGNOSIS (self));

  if (self->watch == NULL)
    self->watch = eonay_plug_watch_new (self->readers, CALM_MS, on_plugged, self);
}

void
eonay_diagnosis_stop (EonayDiagnosis *self)
{
  g_return_if_fail (EONAY_IS_DIAGNOSIS (self));

  g_clear_pointer (&self->watch, eonay_plug_watch_free);
  if (!self->running)
    return;

  g_cancellable_cancel (self->cancellable);
  self->is_card_ready = FALSE;
  set_running (self, FALSE);
}

gboolean
eonay_diagnosis_is_running (EonayDiagnosis *self)
{
  g_return_val_if_fail (EONAY_IS_DIAGNOSIS (self), FALSE);

  return self->running;
}

gboolean
eonay_diagnosis_is_practice (EonayDiagnosis *self)
{
  g_return_val_if_fail (EONAY_IS_DIAGNOSIS (self), FALSE);

  return self->practice;
}

EonayReaderList *
eonay_diagnosis_get_readers (EonayDiagnosis *self)
{
  g_return_val_if_fail (EONAY_IS_DIAGNOSIS (self), NULL);

  return self->readers;
}

gboolean
eonay_diagnosis_can_sign (EonayDiagnosis *self)
{
  gboolean is_some_ready = FALSE;

  g_return_val_if_fail (EONAY_IS_DIAGNOSIS (self), FALSE);

  for (guint i = 0; i < self->portals->len; i++)
    is_some_ready |= eonay_portal_checks_are_good (self->portals->pdata[i]);

  return !self->running && self->is_card_ready && is_some_ready;
}

const char *
eonay_diagnosis_describe_verdict (EonayDiagnosis *self)
{
  g_return_val_if_fail (EONAY_IS_DIAGNOSIS (self), NULL);

  if (self->running)
    return _ ("Checking…");

  return eonay_diagnosis_can_sign (self) ? _ ("A signature could be made now.")
                                         : _ ("No signature could be made now.");
}
