#include "card/pkcs11/host/eonay-pkcs11-host-slots.h"

#include <string.h>

#include "base/eonay-error.h"
#include "card/pkcs11/host/eonay-pkcs11-host-vendor.h"
#include "card/pkcs11/host/eonay-pkcs11-object.h"
#include "card/pkcs11/host/eonay-pkcs11-rv.h"
#include "card/pkcs11/host/eonay-pkcs11-subject.h"

#define SLOTS_MAX 64
#define CERTIFICATES_MAX 64
#define DER_MAX 32768
#define ID_MAX 255
#define LENGTH_UNSAID 0

/* What goes together while one token is read. */
typedef struct {
  CK_FUNCTION_LIST *functions;
  CK_SESSION_HANDLE session;
  GArray *keys;
} Reading;

static guint32
flags_of (CK_FLAGS flags)
{
  static const struct {
    CK_FLAGS theirs;
    guint32 ours;
  } rows[] = {
    { CKF_PROTECTED_AUTHENTICATION_PATH, EONAY_PKCS11_KEYPAD },
    { CKF_USER_PIN_FINAL_TRY, EONAY_PKCS11_PIN_LAST },
    { CKF_USER_PIN_COUNT_LOW, EONAY_PKCS11_PIN_LOW },
    { CKF_USER_PIN_LOCKED, EONAY_PKCS11_PIN_LOCKED },
    { CKF_SO_PIN_FINAL_TRY, EONAY_PKCS11_PUK_LAST },
    { CKF_SO_PIN_COUNT_LOW, EONAY_PKCS11_PUK_LOW },
    { CKF_SO_PIN_LOCKED, EONAY_PKCS11_PUK_LOCKED },
  };
  guint32 found = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    if ((flags & rows[i].theirs) != 0)
      found |= rows[i].ours;

  return found;
}

static guint32
bound (CK_ULONG length)
{
  return length > G_MAXUINT16 ? LENGTH_UNSAID : (guint32) length;
}

static EonayPkcs11Slot *
make_slot (CK_SLOT_ID id, const CK_SLOT_INFO *slot, const CK_TOKEN_INFO *token)
{
  EonayPkcs11Slot *self = eonay_pkcs11_slot_new ();

  self->id = id;
  self->description = eonay_pkcs11_object_make_text (slot->slotDescription,
                                                     sizeof slot->slotDescription);
  self->label = eonay_pkcs11_object_make_text (token->label, sizeof token->label);
  self->serial = eonay_pkcs11_object_make_text (token->serialNumber, sizeof token->serialNumber);
  self->model = eonay_pkcs11_object_make_text (token->model, sizeof token->model);
  self->flags = flags_of (token->flags);
  self->min_length = bound (token->ulMinPinLen);
  self->max_length = bound (token->ulMaxPinLen);

  return self;
}

/* @ids: room for SLOTS_MAX */
static CK_RV
get_slots (EonayPkcs11Host *self, CK_SLOT_ID *ids, CK_ULONG *count)
{
  CK_RV rv;

  /* Some modules look at the readers again only when they are asked how many there are. */
  *count = 0;
  rv = self->functions->C_GetSlotList (CK_TRUE, NULL, count);
  if (rv == CKR_OK && *count > 0)
    {
      *count = SLOTS_MAX;
      rv = self->functions->C_GetSlotList (CK_TRUE, ids, count);
    }
  if (rv == CKR_OK)
    *count = MIN (*count, SLOTS_MAX);

  return rv;
}

/* Some modules show a card as several slots, one for each PIN. */
static gboolean
is_same_card (EonayPkcs11Host *self, CK_SLOT_ID id, const CK_SLOT_INFO *slot,
              const CK_TOKEN_INFO *token)
{
  CK_SLOT_INFO other = { 0 };
  CK_TOKEN_INFO its = { 0 };

  if (self->functions->C_GetSlotInfo (id, &other) != CKR_OK ||
      self->functions->C_GetTokenInfo (id, &its) != CKR_OK ||
      (its.flags & CKF_TOKEN_INITIALIZED) == 0)
    return FALSE;

  return memcmp (other.slotDescription, slot->slotDescription, sizeof slot->slotDescription) == 0 ||
         (memcmp (its.serialNumber, token->serialNumber, sizeof token->serialNumber) == 0 &&
          memcmp (its.manufacturerID, token->manufacturerID, sizeof token->manufacturerID) == 0);
}

/* Whose PIN a security officer sets is plain only where the card has one. */
static gboolean
has_one_pin (EonayPkcs11Host *self, CK_SLOT_ID id, const CK_SLOT_INFO *slot,
             const CK_TOKEN_INFO *token)
{
  CK_SLOT_ID ids[SLOTS_MAX];
  CK_ULONG count;

  if (get_slots (self, ids, &count) != CKR_OK)
    return FALSE;

  for (CK_ULONG i = 0; i < count; i++)
    if (ids[i] != id && is_same_card (self, ids[i], slot, token))
      return FALSE;

  return TRUE;
}

static gboolean
takes_puk (EonayPkcs11Host *self, const CK_TOKEN_INFO *token)
{
  CK_INFO library = { 0 };
  g_autofree char *maker = NULL;
  g_autofree char *description = NULL;
  g_autofree char *token_maker = eonay_pkcs11_object_make_text (token->manufacturerID,
                                                                sizeof token->manufacturerID);
  g_autofree char *model = eonay_pkcs11_object_make_text (token->model, sizeof token->model);

  if (self->functions->C_GetInfo (&library) != CKR_OK)
    return FALSE;

  maker = eonay_pkcs11_object_make_text (library.manufacturerID, sizeof library.manufacturerID);
  description = eonay_pkcs11_object_make_text (library.libraryDescription,
                                               sizeof library.libraryDescription);

  return eonay_pkcs11_host_vendor_takes_puk (
      &(EonayPkcs11HostVendor){ maker, description, token_maker, model });
}

static void
note_unblocking (EonayPkcs11Host *self, EonayPkcs11Slot *slot, const CK_SLOT_INFO *info,
                 const CK_TOKEN_INFO *token)
{
  if (takes_puk (self, token) && has_one_pin (self, (CK_SLOT_ID) slot->id, info, token))
    slot->flags |= EONAY_PKCS11_UNBLOCKS;
}

EonayPkcs11Slot *
eonay_pkcs11_host_slots_read (EonayPkcs11Host *self, CK_SLOT_ID id, GError **error)
{
  CK_SLOT_INFO slot = { 0 };
  CK_TOKEN_INFO token = { 0 };
  EonayPkcs11Slot *state;

  if (!eonay_pkcs11_rv_check (self->functions->C_GetSlotInfo (id, &slot), EONAY_PKCS11_RV_OF_CALL,
                              "C_GetSlotInfo", -1, error) ||
      !eonay_pkcs11_rv_check (self->functions->C_GetTokenInfo (id, &token), EONAY_PKCS11_RV_OF_CALL,
                              "C_GetTokenInfo", -1, error))
    return NULL;

  state = make_slot (id, &slot, &token);
  note_unblocking (self, state, &slot, &token);

  return state;
}

static EonayTokenCertificate *
read_certificate (Reading *reading, CK_OBJECT_HANDLE object)
{
  CK_FUNCTION_LIST *functions = reading->functions;
  g_autoptr (GBytes) der = eonay_pkcs11_object_get_attribute (functions, reading->session, object,
                                                              CKA_VALUE);
  g_autoptr (GBytes) id = eonay_pkcs11_object_get_attribute (functions, reading->session, object,
                                                             CKA_ID);
  g_autoptr (GBytes) name = eonay_pkcs11_object_get_attribute (functions, reading->session, object,
                                                               CKA_LABEL);
  g_autoptr (EonayPkcs11Subject) subject = NULL;
  g_autofree char *label = NULL;
  gboolean has_key;

  if (der == NULL || g_bytes_get_size (der) > DER_MAX)
    return NULL;
  subject = eonay_pkcs11_subject_new (der);
  if (subject == NULL)
    return NULL;

  if (id == NULL || g_bytes_get_size (id) > ID_MAX)
    {
      g_clear_pointer (&id, g_bytes_unref);
      id = g_bytes_new (NULL, 0);
    }
  if (name != NULL)
    label = eonay_pkcs11_object_make_text (g_bytes_get_data (name, NULL), g_bytes_get_size (name));
  has_key = eonay_pkcs11_subject_may_have_key (subject, functions, reading->session, reading->keys);

  return eonay_token_certificate_new (der, id, label, has_key, has_key);
}

static gboolean
has_certificate (const EonayPkcs11Slot *slot, EonayTokenCertificate *certificate)
{
  GBytes *der = eonay_token_certificate_get_der (certificate);

  for (guint i = 0; i < slot->certificates->len; i++)
    if (g_bytes_equal (eonay_token_certificate_get_der (slot->certificates->pdata[i]), der))
      return TRUE;

  return FALSE;
}

static void
read_one (Reading *reading, CK_OBJECT_HANDLE object, EonayPkcs11Slot *slot)
{
  g_autoptr (EonayTokenCertificate) certificate = read_certificate (reading, object);

  if (certificate != NULL && !has_certificate (slot, certificate))
    g_ptr_array_add (slot->certificates, g_steal_pointer (&certificate));
}

static CK_RV
read_objects (Reading *reading, EonayPkcs11Slot *slot)
{
  g_autoptr (GArray) found = NULL;
  CK_RV rv = eonay_pkcs11_object_find (reading->functions, reading->session, CKO_CERTIFICATE,
                                       &found);

  if (rv != CKR_OK)
    return rv;
  if (eonay_pkcs11_object_find (reading->functions, reading->session, CKO_PRIVATE_KEY,
                                &reading->keys) != CKR_OK)
    {
      g_clear_pointer (&reading->keys, g_array_unref);
      reading->keys = g_array_new (FALSE, FALSE, sizeof (CK_OBJECT_HANDLE));
    }

  for (guint i = 0; i < found->len && slot->certificates->len < CERTIFICATES_MAX; i++)
    read_one (reading, g_array_index (found, CK_OBJECT_HANDLE, i), slot);

  return CKR_OK;
}

static void
read_certificates (EonayPkcs11Host *self, EonayPkcs11Slot *slot)
{
  Reading reading = { .functions = self->functions };
  CK_RV rv = self->functions->C_OpenSession (slot->id, CKF_SERIAL_SESSION, NULL, NULL,
                                             &reading.session);

  if (rv == CKR_OK)
    {
      rv = read_objects (&reading, slot);
      g_clear_pointer (&reading.keys, g_array_unref);
      self->functions->C_CloseSession (reading.session);
    }
  /* No login without somebody who types the PIN for it. */
  if (rv == CKR_USER_NOT_LOGGED_IN)
    slot->flags |= EONAY_PKCS11_HIDDEN;
}

static gboolean
is_skipped (const EonayPkcs11Slot *slot, GPtrArray *skip)
{
  g_autoptr (GBytes) name = g_bytes_new (slot->description, strlen (slot->description));

  return skip != NULL && g_ptr_array_find_with_equal_func (skip, name, g_bytes_equal, NULL);
}

/* CK_SLOT_INFO's description has room for 64 bytes; longer reader names are cut. */
static gboolean
is_in_skipped_reader (EonayPkcs11Host *self, CK_SLOT_ID id, GPtrArray *skip)
{
  CK_SLOT_INFO info = { 0 };
  CK_TOKEN_INFO nothing = { 0 };
  g_autoptr (EonayPkcs11Slot) slot = NULL;

  if (skip == NULL || skip->len == 0 || self->functions->C_GetSlotInfo (id, &info) != CKR_OK)
    return FALSE;

  slot = make_slot (id, &info, &nothing);

  return is_skipped (slot, skip);
}

/* Certificate authorities, which p11-kit's server lists beside the cards; its own client cannot tell
   that they are of a module for trust. */
static gboolean
is_trust (const CK_TOKEN_INFO *token)
{
  g_autofree char *model = eonay_pkcs11_object_make_text (token->model, sizeof token->model);

  return g_str_equal (model, "p11-kit-trust");
}

static void
list_slot (EonayPkcs11Host *self, CK_SLOT_ID id, GPtrArray *skip, GPtrArray *slots)
{
  CK_SLOT_INFO info = { 0 };
  CK_TOKEN_INFO token = { 0 };
  EonayPkcs11Slot *slot;

  if (is_in_skipped_reader (self, id, skip) ||
      self->functions->C_GetSlotInfo (id, &info) != CKR_OK ||
      self->functions->C_GetTokenInfo (id, &token) != CKR_OK ||
      (token.flags & CKF_TOKEN_INITIALIZED) == 0 || is_trust (&token))
    return;

  slot = make_slot (id, &info, &token);
  note_unblocking (self, slot, &info, &token);
  read_certificates (self, slot);
  g_ptr_array_add (slots, slot);
}

GPtrArray *
eonay_pkcs11_host_slots_list (EonayPkcs11Host *self, const EonayPkcs11Request *request,
                              GError **error)
{
  g_autoptr (GPtrArray) slots =
      g_ptr_array_new_with_free_func ((GDestroyNotify) eonay_pkcs11_slot_free);
  CK_SLOT_ID ids[SLOTS_MAX];
  CK_ULONG count;

  if (!eonay_pkcs11_rv_check (get_slots (self, ids, &count), EONAY_PKCS11_RV_OF_CALL,
                              "C_GetSlotList", -1, error))
    return NULL;

  for (CK_ULONG i = 0; i < count; i++)
    list_slot (self, ids[i], request->skip, slots);

  return g_steal_pointer (&slots);
}

static gboolean
is_wanted (const EonayPkcs11Slot *slot, const EonayPkcs11Request *request)
{
  return g_strcmp0 (slot->serial, request->serial) == 0 &&
         g_strcmp0 (slot->label, request->label) == 0;
}

/* Returns: (transfer full) (nullable): %NULL unless there is just one such token */
static EonayPkcs11Slot *
find_elsewhere (EonayPkcs11Host *self, const EonayPkcs11Request *request)
{
  g_autoptr (EonayPkcs11Slot) found = NULL;
  CK_SLOT_ID ids[SLOTS_MAX];
  CK_ULONG count;

  if (get_slots (self, ids, &count) != CKR_OK)
    return NULL;

  for (CK_ULONG i = 0; i < count; i++)
    {
      g_autoptr (EonayPkcs11Slot) slot = eonay_pkcs11_host_slots_read (self, ids[i], NULL);

      if (slot == NULL || !is_wanted (slot, request))
        continue;
      if (found != NULL)
        return NULL;
      found = g_steal_pointer (&slot);
    }

  return g_steal_pointer (&found);
}

EonayPkcs11Slot *
eonay_pkcs11_host_slots_find (EonayPkcs11Host *self, const EonayPkcs11Request *request,
                              GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (EonayPkcs11Slot) slot = eonay_pkcs11_host_slots_read (self, request->slot, &local);

  if (slot != NULL && is_wanted (slot, request))
    return g_steal_pointer (&slot);

  if (local == NULL)
    local = g_error_new_literal (EONAY_CARD_ERROR, EONAY_CARD_ERROR_REMOVED,
                                 "Another token is in the slot");
  g_clear_pointer (&slot, eonay_pkcs11_slot_free);
  /* A host that was started since the token was listed may count its slots in another way. */
  slot = find_elsewhere (self, request);
  if (slot == NULL)
    g_propagate_error (error, g_steal_pointer (&local));

  return g_steal_pointer (&slot);
}
