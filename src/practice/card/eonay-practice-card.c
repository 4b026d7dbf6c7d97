#include "practice/card/eonay-practice-card.h"

#include "practice/card/eonay-practice-link.h"

#define HOLDER "AYŞE DENEME"
#define NATIONAL_ID "10000000146"
#define FIRST_KEY_FILE 0x4b01

struct _EonayPracticeCard {
  GObject parent_instance;

  GMutex lock;
  EonayPracticeCardKind kind;
  GBytes *atr;
  EonayPracticeChip chip;
  EonayPracticeLink link;
  guint n_resets;
};

G_DEFINE_FINAL_TYPE (EonayPracticeCard, eonay_practice_card, G_TYPE_OBJECT)

/* @pin: 0 for the card's first one */
typedef struct {
  EonayPracticeKeyKind key;
  EonayPracticeCertificateKind certificate;
  const char *label;
  guint8 pin;
  gboolean consent;
} Content;

#define NES                                                   \
  {                                                           \
    EONAY_PRACTICE_KEY_RSA, EONAY_PRACTICE_NES, HOLDER " NES" \
  }
#define NES_EC                                                    \
  {                                                               \
    EONAY_PRACTICE_KEY_EC, EONAY_PRACTICE_NES, HOLDER " NES (EC)" \
  }
#define NES_P256                                                       \
  {                                                                    \
    EONAY_PRACTICE_KEY_P256, EONAY_PRACTICE_NES, HOLDER " NES (P-256)" \
  }
#define NES_EXPIRED                                                                \
  {                                                                                \
    EONAY_PRACTICE_KEY_RSA_OTHER, EONAY_PRACTICE_NES_EXPIRED, HOLDER " NES (eski)" \
  }
#define NOT_QUALIFIED                                                            \
  {                                                                              \
    EONAY_PRACTICE_KEY_RSA_OTHER, EONAY_PRACTICE_NOT_QUALIFIED, HOLDER " giriş" \
  }
#define NES_CONSENT                                                                         \
  {                                                                                         \
    EONAY_PRACTICE_KEY_RSA, EONAY_PRACTICE_NES, HOLDER " NES", .pin = 0x83, .consent = TRUE \
  }

/* Up to three on a card; the first without a label ends the list. */
typedef struct {
  const EonayPracticeModel *model;
  Content contents[4];
  gboolean blocked;
} Issue;

static const Issue issues[EONAY_PRACTICE_N_CARD_KINDS] = {
  [EONAY_PRACTICE_CARD_VALID] = { &eonay_practice_model_iso, { NES, NES_EXPIRED } },
  [EONAY_PRACTICE_CARD_EC] = { &eonay_practice_model_iso, { NES_EC } },
  [EONAY_PRACTICE_CARD_EXPIRED] = { &eonay_practice_model_iso, { NES_EXPIRED } },
  [EONAY_PRACTICE_CARD_BLOCKED] = { &eonay_practice_model_iso, { NES }, .blocked = TRUE },
  [EONAY_PRACTICE_CARD_TWO] = { &eonay_practice_model_iso, { NES, NES_EC, NOT_QUALIFIED } },
  [EONAY_PRACTICE_CARD_AKIS_1_0] = { &eonay_practice_model_akis_1_0, { NES } },
  [EONAY_PRACTICE_CARD_AKIS_1_2] = { &eonay_practice_model_akis_1_2, { NES } },
  [EONAY_PRACTICE_CARD_AKIS_2] = { &eonay_practice_model_akis_2, { NES, NES_EC } },
  [EONAY_PRACTICE_CARD_AKIS_3] = { &eonay_practice_model_akis_3, { NES } },
  [EONAY_PRACTICE_CARD_T0] = { &eonay_practice_model_t0, { NES } },
  [EONAY_PRACTICE_CARD_MANY] = { &eonay_practice_model_many, { NOT_QUALIFIED, NES_CONSENT } },
  [EONAY_PRACTICE_CARD_PSS] = { &eonay_practice_model_pss, { NES } },
  [EONAY_PRACTICE_CARD_HOST_PADDED] = { &eonay_practice_model_host_padded, { NES } },
  [EONAY_PRACTICE_CARD_63C0] = { &eonay_practice_model_63c0, { NES } },
  [EONAY_PRACTICE_CARD_MYEID] = { &eonay_practice_model_myeid, { NES, NES_P256 } },
  [EONAY_PRACTICE_CARD_MYEID_T0] = { &eonay_practice_model_myeid_t0, { NES, NES_P256 } },
  [EONAY_PRACTICE_CARD_LIST_ONLY] = { &eonay_practice_model_list_only, { NES } },
};

static EonayPracticeKey *
make_key (const EonayPracticeModel *model, const Content *content, guint index,
          EonayPracticePki *pki, GError **error)
{
  EVP_PKEY *pair = eonay_practice_pki_get_key (pki, content->key);
  GBytes *certificate = eonay_practice_pki_issue (pki, pair, HOLDER, NATIONAL_ID,
                                                  content->certificate, error);
  EonayPracticeKey *key;

  if (certificate == NULL)
    return NULL;

  key = eonay_practice_key_new (pair, certificate, content->label);
  key->id = (guint8) (model->first_id + index * model->id_step);
  key->reference = (guint8) (model->first_reference + index * model->id_step);
  key->file = model->keys_in_files ? (guint16) (FIRST_KEY_FILE + index) : 0;
  key->pin = content->pin != 0 ? content->pin : model->pins[0].reference;
  key->non_repudiation = content->certificate != EONAY_PRACTICE_NOT_QUALIFIED;
  key->consent = content->consent;

  return key;
}

static GPtrArray *
make_keys (const Issue *issue, EonayPracticePki *pki, GError **error)
{
  g_autoptr (GPtrArray) keys =
      g_ptr_array_new_with_free_func ((GDestroyNotify) eonay_practice_key_free);

  for (const Content *content = issue->contents; content->label != NULL; content++)
    {
      EonayPracticeKey *key = make_key (issue->model, content, keys->len, pki, error);

      if (key == NULL)
        return NULL;
      g_ptr_array_add (keys, key);
    }

  return g_steal_pointer (&keys);
}

static void
eonay_practice_card_finalize (GObject *object)
{
  EonayPracticeCard *self = EONAY_PRACTICE_CARD (object);

  eonay_practice_security_clear (&self->chip.security);
  g_clear_pointer (&self->chip.root, eonay_practice_file_free);
  g_clear_pointer (&self->atr, g_bytes_unref);
  eonay_practice_link_clear (&self->link);
  g_mutex_clear (&self->lock);

  G_OBJECT_CLASS (eonay_practice_card_parent_class)->finalize (object);
}

static void
eonay_practice_card_class_init (EonayPracticeCardClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = eonay_practice_card_finalize;
}

static void
eonay_practice_card_init (EonayPracticeCard *self)
{
  g_mutex_init (&self->lock);
  eonay_practice_link_init (&self->link);
}

EonayPracticeCard *
eonay_practice_card_new (EonayPracticeCardKind kind, EonayPracticePki *pki, GError **error)
{
  g_autoptr (EonayPracticeCard) self = NULL;
  const Issue *issue;
  GPtrArray *keys;

  g_return_val_if_fail ((guint) kind < EONAY_PRACTICE_N_CARD_KINDS, NULL);
  g_return_val_if_fail (EONAY_IS_PRACTICE_PKI (pki), NULL);

  issue = &issues[kind];
  keys = make_keys (issue, pki, error);
  if (keys == NULL)
    return NULL;

  self = g_object_new (EONAY_TYPE_PRACTICE_CARD, NULL);
  self->kind = kind;
  self->atr = eonay_practice_model_make_atr (issue->model);
  self->chip = (EonayPracticeChip){
    .model = issue->model,
    .serial = { 0xde, 0x0e, 0x5e, 0, 0, 0, 0, (guint8) (kind + 1) },
  };
  self->chip.root = issue->model->lay_out (issue->model, self->chip.serial, keys);
  eonay_practice_security_init (&self->chip.security, issue->model, keys);
  if (issue->blocked)
    eonay_practice_security_block (&self->chip.security);
  eonay_practice_selection_init (&self->chip.selection, self->chip.root);

  return g_steal_pointer (&self);
}

gboolean
eonay_practice_card_issue_pins (EonayPracticeCard *self, const char *pin, const char *puk)
{
  g_autoptr (GMutexLocker) locker = NULL;
  EonayPracticeSecurity *security;
  guint8 puk_reference;

  g_return_val_if_fail (EONAY_IS_PRACTICE_CARD (self), FALSE);

  locker = g_mutex_locker_new (&self->lock);
  security = &self->chip.security;
  puk_reference = security->pins[0].plan->unblocked_by;

  return (pin == NULL || eonay_practice_pin_issue (&security->pins[0], pin)) &&
         (puk == NULL || eonay_practice_pin_issue (
                             eonay_practice_security_find_pin (security, puk_reference), puk));
}

EonayPracticeCardKind
eonay_practice_card_get_kind (EonayPracticeCard *self)
{
  g_return_val_if_fail (EONAY_IS_PRACTICE_CARD (self), EONAY_PRACTICE_CARD_VALID);

  return self->kind;
}

GBytes *
eonay_practice_card_get_atr (EonayPracticeCard *self)
{
  g_return_val_if_fail (EONAY_IS_PRACTICE_CARD (self), NULL);

  return self->atr;
}

char *
eonay_practice_card_get_serial (EonayPracticeCard *self)
{
  GString *serial;

  g_return_val_if_fail (EONAY_IS_PRACTICE_CARD (self), NULL);

  serial = g_string_new (NULL);
  for (guint i = 0; i < G_N_ELEMENTS (self->chip.serial); i++)
    g_string_append_printf (serial, "%02x", self->chip.serial[i]);

  return g_string_free (serial, FALSE);
}

EonayProtocol
eonay_practice_card_get_protocol (EonayPracticeCard *self)
{
  g_return_val_if_fail (EONAY_IS_PRACTICE_CARD (self), EONAY_PROTOCOL_NONE);

  return self->chip.model->protocol;
}

guint
eonay_practice_card_get_n_resets (EonayPracticeCard *self)
{
  g_autoptr (GMutexLocker) locker = NULL;

  g_return_val_if_fail (EONAY_IS_PRACTICE_CARD (self), 0);

  locker = g_mutex_locker_new (&self->lock);

  return self->n_resets;
}

int
eonay_practice_card_get_tries (EonayPracticeCard *self, guint8 reference)
{
  g_autoptr (GMutexLocker) locker = NULL;
  const EonayPracticePin *pin;

  g_return_val_if_fail (EONAY_IS_PRACTICE_CARD (self), -1);

  locker = g_mutex_locker_new (&self->lock);
  pin = eonay_practice_security_find_pin (&self->chip.security, reference);

  return pin != NULL ? (int) pin->tries_left : -1;
}

GBytes *
eonay_practice_card_process (EonayPracticeCard *self, const guint8 *command, gsize length)
{
  GByteArray *response = g_byte_array_new ();
  guint16 status;

  g_return_val_if_fail (EONAY_IS_PRACTICE_CARD (self), NULL);

  g_mutex_lock (&self->lock);
  status = eonay_practice_link_answer (&self->link, &self->chip, command, length, response);
  g_mutex_unlock (&self->lock);

  g_byte_array_append (response, (const guint8[]){ status >> 8, status & 0xff }, 2);

  return g_byte_array_free_to_bytes (response);
}

void
eonay_practice_card_reset (EonayPracticeCard *self)
{
  g_return_if_fail (EONAY_IS_PRACTICE_CARD (self));

  g_mutex_lock (&self->lock);
  eonay_practice_selection_init (&self->chip.selection, self->chip.root);
  eonay_practice_security_reset (&self->chip.security);
  eonay_practice_link_reset (&self->link);
  self->n_resets++;
  g_mutex_unlock (&self->lock);
}
