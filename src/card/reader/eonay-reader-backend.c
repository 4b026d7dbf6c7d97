#include "card/reader/eonay-reader-backend.h"

#include <glib/gstdio.h>
#include <sys/stat.h>

#include "base/eonay-regular-file.h"
#include "card/pkcs11/eonay-pkcs11-token.h"
#include "card/reader/eonay-card-backend.h"

#define DESCRIPTION_MAX 64
#define KEY "way"
#define FILE_MAX (1024 * 1024)
#define CARDS_MAX 1024
#define LINES_MAX (4 * CARDS_MAX) /* a card takes three */

/* The file as it was read last, and by what it is known to be the same one. */
typedef struct {
  GKeyFile *cards;
  struct stat status;
} Memory;

static char *
get_memory_path (void)
{
  return g_build_filename (g_get_user_data_dir (), "eonay", "cards.ini", NULL);
}

static gboolean
is_same_file (const struct stat *one, const struct stat *other)
{
  return one->st_dev == other->st_dev && one->st_ino == other->st_ino &&
         one->st_size == other->st_size && one->st_mtim.tv_sec == other->st_mtim.tv_sec &&
         one->st_mtim.tv_nsec == other->st_mtim.tv_nsec &&
         one->st_ctim.tv_sec == other->st_ctim.tv_sec &&
         one->st_ctim.tv_nsec == other->st_ctim.tv_nsec;
}

/* Counted before they are parsed, which is what takes long. */
static gboolean
has_too_many_lines (const char *text, gsize length)
{
  guint count = 0;

  for (gsize i = 0; i < length && count <= LINES_MAX; i++)
    if (text[i] == '\n')
      count++;

  return count > LINES_MAX;
}

static GKeyFile *
read_memory (const char *path)
{
  GKeyFile *file = g_key_file_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = eonay_regular_file_read (path, FILE_MAX, &error);
  gsize length = 0;
  const char *text = bytes != NULL ? g_bytes_get_data (bytes, &length) : NULL;

  if (text != NULL && has_too_many_lines (text, length))
    g_set_error_literal (&error, G_FILE_ERROR, G_FILE_ERROR_NOSPC, "It has too many lines");
  else if (text != NULL)
    g_key_file_load_from_data (file, text, length, G_KEY_FILE_NONE, &error);
  if (error != NULL && !g_error_matches (error, G_FILE_ERROR, G_FILE_ERROR_NOENT))
    g_info ("The memory of cards is not used: %s", error->message);

  return file;
}

/* Returns: (transfer none): read again only if the file has changed since */
static GKeyFile *
load_memory (void)
{
  static Memory memory;
  g_autofree char *path = get_memory_path ();
  struct stat status = { 0 };

  if (stat (path, &status) != 0)
    status = (struct stat){ 0 };
  if (memory.cards != NULL && is_same_file (&memory.status, &status))
    return memory.cards;

  g_clear_pointer (&memory.cards, g_key_file_unref);
  memory.cards = read_memory (path);
  memory.status = status;

  return memory.cards;
}

/* The oldest stand first. */
static void
drop_oldest (GKeyFile *file)
{
  g_auto (GStrv) cards = NULL;
  gsize count;

  cards = g_key_file_get_groups (file, &count);
  for (gsize i = 0; i + CARDS_MAX <= count; i++)
    g_key_file_remove_group (file, cards[i], NULL);
}

static void
save_memory (GKeyFile *file)
{
  g_autofree char *path = get_memory_path ();
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *content = NULL;
  g_autoptr (GError) error = NULL;
  gsize length;

  content = g_key_file_to_data (file, &length, NULL);
  if (g_mkdir_with_parents (folder, 0700) != 0 ||
      !g_file_set_contents_full (path, content, (gssize) length, G_FILE_SET_CONTENTS_CONSISTENT,
                                 0600, &error))
    g_info ("The way to the card is not remembered: %s",
            error != NULL ? error->message : "no folder");
}

char *
eonay_reader_backend_recall_certificate (GBytes *certificate)
{
  g_autofree char *card = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, certificate);

  return g_key_file_get_string (load_memory (), card, KEY, NULL);
}

void
eonay_reader_backend_remember (GBytes *certificate, const char *module)
{
  GKeyFile *file = load_memory ();
  g_autofree char *card = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, certificate);
  g_autofree char *before = g_key_file_get_string (file, card, KEY, NULL);

  if (g_strcmp0 (before, module) == 0)
    return;

  if (!g_key_file_has_group (file, card))
    drop_oldest (file);
  g_key_file_set_string (file, card, KEY, module);
  save_memory (file);
}

char *
eonay_reader_backend_recall (EonayToken *token)
{
  GListModel *certificates = eonay_token_get_certificates (token);
  char *backend = NULL;

  for (guint i = 0; backend == NULL && i < g_list_model_get_n_items (certificates); i++)
    {
      g_autoptr (EonayTokenCertificate) certificate = g_list_model_get_item (certificates, i);

      backend =
          eonay_reader_backend_recall_certificate (eonay_token_certificate_get_der (certificate));
    }

  return backend;
}

/* @module: (nullable). Returns: whether there is a card in @reader that can be judged */
static gboolean
judge (EonayReader *reader, const char *module, EonayCardBackend *backend, gboolean *wants)
{
  EonayToken *token = eonay_reader_get_token (reader);
  EonayCardBackendFacts facts = { .knowledge = EONAY_SIGNING_UNKNOWN, .module = module };
  g_autofree char *remembered = token != NULL ? eonay_reader_backend_recall (token) : NULL;

  facts.known = eonay_reader_get_knowledge (reader, &facts.knowledge);
  facts.experimental = token != NULL && eonay_token_get_allow_experimental (token);
  facts.remembered = remembered;
  *backend = eonay_card_backend_choose (&facts);
  *wants = eonay_card_backend_wants_module (&facts);

  return facts.known || eonay_reader_get_state (reader) == EONAY_READER_UNSUPPORTED;
}

gboolean
eonay_reader_backend_wants_module (EonayReader *reader)
{
  EonayCardBackend backend;
  gboolean wants;

  return judge (reader, NULL, &backend, &wants) && wants;
}

gboolean
eonay_reader_backend_is_module (EonayReader *reader, const char *path)
{
  EonayCardBackend backend;
  gboolean wants;

  return judge (reader, path, &backend, &wants) && backend == EONAY_CARD_BACKEND_MODULE;
}

static gboolean
has_card_of (EonayReader *reader, const EonayPkcs11Slot *slot)
{
  EonayToken *token = eonay_reader_get_token (reader);

  return token != NULL && eonay_card_backend_is_same_card (token, slot->certificates);
}

static gboolean
is_named (EonayReader *reader, const EonayPkcs11Slot *slot)
{
  return !eonay_reader_is_module (reader) &&
         eonay_card_backend_is_reader (slot->description, eonay_reader_get_name (reader));
}

/* Names of one model differ only where CK_SLOT_INFO may have cut them; and a module may call its
   slots what it likes. */
EonayReader *
eonay_reader_backend_find (GPtrArray *readers, const EonayPkcs11Slot *slot)
{
  EonayReader *named = NULL;
  guint n_named = 0;

  for (guint i = 0; i < readers->len; i++)
    if (is_named (readers->pdata[i], slot))
      {
        named = readers->pdata[i];
        n_named++;
      }
  if (n_named == 1)
    return named;

  for (guint i = 0; i < readers->len; i++)
    if (!eonay_reader_is_module (readers->pdata[i]) && has_card_of (readers->pdata[i], slot) &&
        (n_named > 0 ? is_named (readers->pdata[i], slot)
                     : eonay_reader_backend_wants_module (readers->pdata[i])))
      return readers->pdata[i];

  return NULL;
}

gboolean
eonay_reader_backend_has_lent (EonayReader *reader, const char *path)
{
  EonayToken *token = eonay_reader_get_token (reader);

  return token != NULL && g_strcmp0 (eonay_token_get_backend (token), path) == 0;
}

gboolean
eonay_reader_backend_is_shown (GPtrArray *readers, EonayReader *besides,
                               const EonayPkcs11Slot *slot)
{
  for (guint i = 0; i < readers->len; i++)
    if (readers->pdata[i] != besides && has_card_of (readers->pdata[i], slot) &&
        eonay_token_can_use_keys (eonay_reader_get_token (readers->pdata[i])))
      return TRUE;

  return FALSE;
}

static gboolean
is_served (EonayReader *reader)
{
  EonayToken *token = eonay_reader_get_token (reader);

  return token != NULL && !EONAY_IS_PKCS11_TOKEN (token) &&
         !eonay_reader_backend_wants_module (reader);
}

gboolean
eonay_reader_backend_is_some_served (GPtrArray *readers)
{
  for (guint i = 0; i < readers->len; i++)
    if (is_served (readers->pdata[i]))
      return TRUE;

  return FALSE;
}

/* Whether a module's slot of that description may be in a reader that is not served. */
static gboolean
may_be_unserved (GPtrArray *readers, const char *description)
{
  for (guint i = 0; i < readers->len; i++)
    if (!eonay_reader_is_module (readers->pdata[i]) && !is_served (readers->pdata[i]) &&
        eonay_card_backend_is_reader (description, eonay_reader_get_name (readers->pdata[i])))
      return TRUE;

  return FALSE;
}

char **
eonay_reader_backend_list_served (GPtrArray *readers)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; i < readers->len; i++)
    {
      g_autofree char *name = g_strndup (eonay_reader_get_name (readers->pdata[i]),
                                         DESCRIPTION_MAX);

      g_strstrip (name);
      if (is_served (readers->pdata[i]) && !may_be_unserved (readers, name))
        g_strv_builder_add (builder, name);
    }

  return g_strv_builder_end (builder);
}
