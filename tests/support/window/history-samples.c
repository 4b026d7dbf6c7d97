#include "history-samples.h"

static const struct {
  const char *operation;
  const char *label;
  guint n_documents;
  EonayHistoryOutcome outcome;
  const char *code;
  const char *receipt;
  int hours_ago;
} samples[HISTORY_SAMPLES_N_BATCHES] = {
  { "e-onay", "Sözleşme", 1, EONAY_HISTORY_DELIVERED, NULL, "KSM-2026-0004411", 0 },
  { "login", "Giriş metni", 1, EONAY_HISTORY_UNDELIVERED, "AG-02", NULL, 1 },
  { "login", "Giriş metni", 1, EONAY_HISTORY_REFUSED, "PORTAL-06", NULL, 2 },
  { "application", "FORM-001-027 Nitelikli Elektronik Sertifika Başvuru Formu", 2,
    EONAY_HISTORY_DELIVERED, NULL, "KSM-2026-0004398", 26 },
  { "e-onay-cancel", "Sözleşme", 1, EONAY_HISTORY_UNFINISHED, "KART-07", NULL, 24 * 9 },
  { "suspend", "Askıya alma talebi", 1, EONAY_HISTORY_BEGUN, NULL, NULL, 24 * 40 },
};

GPtrArray *
history_samples_new_batch (const char *name, guint index, gint64 now)
{
  GPtrArray *batch = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < samples[index].n_documents; i++)
    {
      EonayHistoryEntry *entry = g_object_new (EONAY_TYPE_HISTORY_ENTRY, NULL);

      entry->batch = g_strdup (name);
      entry->document = i;
      entry->n_documents = samples[index].n_documents;
      entry->signed_at = now - samples[index].hours_ago * 3600;
      entry->portal_id = g_strdup ("ksm");
      entry->portal_name = g_strdup ("Kamu Sertifikasyon Merkezi");
      entry->operation = g_strdup (samples[index].operation);
      entry->label = g_strdup (samples[index].label);
      entry->digest = g_strdup ("fe2a95bf8427ad5a8b82ee0c6c2ed35f31e17e40beb8c257d27b3ce65adbd0f0");
      entry->serial = g_strdup ("4a66908de0a4c182e92784a051da7af9");
      entry->issuer = g_strdup ("DENEME Nitelikli Elektronik Sertifika Hizmet Sağlayıcısı");
      entry->outcome = samples[index].outcome;
      entry->code = g_strdup (samples[index].code);
      entry->receipt = g_strdup (samples[index].receipt);
      g_ptr_array_add (batch, entry);
    }

  return batch;
}
