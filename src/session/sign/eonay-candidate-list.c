#include "session/sign/eonay-candidate.h"

struct _EonayCandidateList {
  GObject parent_instance;

  EonayReaderList *readers;
  const EonayClock *clock;
  EonayTransaction *transaction;
  GPtrArray *candidates;
  GPtrArray *tokens;      /* those whose PIN state is watched */
  GHashTable *unreadable; /* token certificates that were logged */
};

static void eonay_candidate_list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (EonayCandidateList, eonay_candidate_list, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL,
                                                      eonay_candidate_list_model_init))

static void eonay_candidate_list_refresh (EonayCandidateList *self);

static void
unwatch_tokens (EonayCandidateList *self)
{
  for (guint i = 0; i < self->tokens->len; i++)
    g_signal_handlers_disconnect_by_data (self->tokens->pdata[i], self);
  g_ptr_array_set_size (self->tokens, 0);
}

static void
eonay_candidate_list_dispose (GObject *object)
{
  EonayCandidateList *self = EONAY_CANDIDATE_LIST (object);

  unwatch_tokens (self);
  if (self->readers != NULL)
    g_signal_handlers_disconnect_by_data (self->readers, self);
  g_clear_object (&self->readers);
  g_clear_object (&self->transaction);
  g_ptr_array_set_size (self->candidates, 0);
  g_hash_table_remove_all (self->unreadable);

  G_OBJECT_CLASS (eonay_candidate_list_parent_class)->dispose (object);
}

static void
eonay_candidate_list_finalize (GObject *object)
{
  EonayCandidateList *self = EONAY_CANDIDATE_LIST (object);

  g_ptr_array_unref (self->candidates);
  g_ptr_array_unref (self->tokens);
  g_hash_table_unref (self->unreadable);

  G_OBJECT_CLASS (eonay_candidate_list_parent_class)->finalize (object);
}

static GType
eonay_candidate_list_get_item_type (GListModel *model)
{
  return EONAY_TYPE_CANDIDATE;
}

static guint
eonay_candidate_list_get_n_items (GListModel *model)
{
  return EONAY_CANDIDATE_LIST (model)->candidates->len;
}

static gpointer
eonay_candidate_list_get_item (GListModel *model, guint position)
{
  EonayCandidateList *self = EONAY_CANDIDATE_LIST (model);

  if (position >= self->candidates->len)
    return NULL;

  return g_object_ref (self->candidates->pdata[position]);
}

static void
eonay_candidate_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = eonay_candidate_list_get_item_type;
  iface->get_n_items = eonay_candidate_list_get_n_items;
  iface->get_item = eonay_candidate_list_get_item;
}

static void
eonay_candidate_list_class_init (EonayCandidateListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = eonay_candidate_list_dispose;
  object_class->finalize = eonay_candidate_list_finalize;
}

static void
eonay_candidate_list_init (EonayCandidateList *self)
{
  self->candidates = g_ptr_array_new_with_free_func (g_object_unref);
  self->tokens = g_ptr_array_new_with_free_func (g_object_unref);
  self->unreadable = g_hash_table_new_full (NULL, NULL, g_object_unref, NULL);
}

static EonayCandidate *
find_same (GPtrArray *candidates, EonayTokenCertificate *token_certificate)
{
  for (guint i = 0; i < candidates->len; i++)
    if (eonay_candidate_get_token_certificate (candidates->pdata[i]) == token_certificate)
      return candidates->pdata[i];

  return NULL;
}

static EonayCertificate *
parse_once (EonayCandidateList *self, EonayTokenCertificate *token_certificate)
{
  g_autoptr (GError) error = NULL;
  EonayCertificate *certificate;

  if (g_hash_table_contains (self->unreadable, token_certificate))
    return NULL;

  certificate = eonay_certificate_new (eonay_token_certificate_get_der (token_certificate), &error);
  if (certificate == NULL)
    {
      g_warning ("A certificate on the card is left out: %s", error->message);
      g_hash_table_add (self->unreadable, g_object_ref (token_certificate));
    }

  return certificate;
}

/** Returns: (transfer full) (nullable) */
static EonayCandidate *
make_candidate (EonayCandidateList *self, EonayToken *token,
                EonayTokenCertificate *token_certificate, GDateTime *now)
{
  EonayCandidate *old = find_same (self->candidates, token_certificate);
  g_autoptr (EonayCertificate) certificate = NULL;
  EonayCandidateReasons reasons;

  if (old != NULL)
    certificate = g_object_ref (eonay_candidate_get_certificate (old));
  else
    certificate = parse_once (self, token_certificate);
  if (certificate == NULL)
    return NULL;

  reasons = eonay_candidate_judge (token, token_certificate, certificate, self->transaction, now);
  if (old != NULL && eonay_candidate_get_reasons (old) == reasons)
    return g_object_ref (old);

  return eonay_candidate_new (token, token_certificate, certificate, reasons);
}

static void
add_token (EonayCandidateList *self, EonayToken *token, GDateTime *now, GPtrArray *usable,
           GPtrArray *unusable)
{
  GListModel *certificates = eonay_token_get_certificates (token);

  g_ptr_array_add (self->tokens, g_object_ref (token));
  g_signal_connect_swapped (token, "notify::pin-state", G_CALLBACK (eonay_candidate_list_refresh),
                            self);

  for (guint i = 0; i < g_list_model_get_n_items (certificates); i++)
    {
      g_autoptr (EonayTokenCertificate) token_certificate = g_list_model_get_item (certificates, i);
      EonayCandidate *candidate = make_candidate (self, token, token_certificate, now);

      if (candidate != NULL)
        g_ptr_array_add (eonay_candidate_is_usable (candidate) ? usable : unusable, candidate);
    }
}

static void
take_candidates (EonayCandidateList *self, GPtrArray *candidates)
{
  g_autoptr (GPtrArray) old = self->candidates;
  guint shorter = MIN (old->len, candidates->len);
  guint head = 0;
  guint tail = 0;

  while (head < shorter && old->pdata[head] == candidates->pdata[head])
    head++;
  while (tail < shorter - head &&
         old->pdata[old->len - 1 - tail] == candidates->pdata[candidates->len - 1 - tail])
    tail++;

  self->candidates = candidates;
  if (head != old->len || head != candidates->len)
    g_list_model_items_changed (G_LIST_MODEL (self), head, old->len - head - tail,
                                candidates->len - head - tail);
}

static void
eonay_candidate_list_refresh (EonayCandidateList *self)
{
  g_autoptr (GDateTime) now = eonay_clock_realtime (self->clock);
  GPtrArray *usable = g_ptr_array_new_with_free_func (g_object_unref);
  GPtrArray *unusable = g_ptr_array_new ();

  unwatch_tokens (self);
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->readers)); i++)
    {
      g_autoptr (EonayReader) reader = g_list_model_get_item (G_LIST_MODEL (self->readers), i);
      EonayToken *token = eonay_reader_get_token (reader);

      if (token != NULL)
        add_token (self, token, now, usable, unusable);
    }

  g_ptr_array_extend_and_steal (usable, unusable);
  take_candidates (self, usable);
}

EonayCandidateList *
eonay_candidate_list_new (EonayReaderList *readers, const EonayClock *clock)
{
  EonayCandidateList *self;

  g_return_val_if_fail (EONAY_IS_READER_LIST (readers), NULL);

  self = g_object_new (EONAY_TYPE_CANDIDATE_LIST, NULL);
  self->readers = g_object_ref (readers);
  self->clock = clock;
  g_signal_connect_swapped (readers, "changed", G_CALLBACK (eonay_candidate_list_refresh), self);
  eonay_candidate_list_refresh (self);

  return self;
}

void
eonay_candidate_list_set_transaction (EonayCandidateList *self, EonayTransaction *transaction)
{
  g_return_if_fail (EONAY_IS_CANDIDATE_LIST (self));

  if (g_set_object (&self->transaction, transaction))
    eonay_candidate_list_refresh (self);
}

EonayCandidate *
eonay_candidate_list_find_best (EonayCandidateList *self, const char *last_used)
{
  guint n_usable = 0;

  g_return_val_if_fail (EONAY_IS_CANDIDATE_LIST (self), NULL);

  /* One that does not match the portal's hint is not usable, so the hint need not be checked here.
     */
  for (guint i = 0; i < self->candidates->len; i++)
    {
      EonayCandidate *candidate = self->candidates->pdata[i];
      EonayCertificate *certificate = eonay_candidate_get_certificate (candidate);

      if (!eonay_candidate_is_usable (candidate))
        continue;
      if (g_strcmp0 (last_used, eonay_certificate_get_fingerprint (certificate)) == 0)
        return candidate;
      n_usable++;
    }

  return n_usable == 1 ? self->candidates->pdata[0] : NULL;
}

guint
eonay_candidate_list_count_usable (EonayCandidateList *self)
{
  guint n_items;
  guint n_usable = 0;

  g_return_val_if_fail (EONAY_IS_CANDIDATE_LIST (self), 0);

  n_items = g_list_model_get_n_items (G_LIST_MODEL (self));
  for (guint i = 0; i < n_items; i++)
    {
      g_autoptr (EonayCandidate) item = g_list_model_get_item (G_LIST_MODEL (self), i);

      n_usable += eonay_candidate_is_usable (item);
    }

  return n_usable;
}
