#include <locale.h>

#include "base/eonay-error.h"
#include "session/diagnosis/eonay-judge.h"
#include "test-finding.h"

/* What the facts mean: each check of the diagnosis alone, without a service, card or portal. */

typedef struct {
  EonayPcscProbeFacts *service;
  GPtrArray *cards;
  EonayCardEvidence evidence;
} Cards;

static void
cards_clear (Cards *self)
{
  eonay_pcsc_probe_facts_free (self->service);
  g_ptr_array_unref (self->cards);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Cards, cards_clear)

/* A service that answers and has no readers. */
static void
cards_init (Cards *self)
{
  self->service = eonay_pcsc_probe_facts_new ();
  self->cards = g_ptr_array_new_with_free_func ((GDestroyNotify) eonay_card_facts_free);
  self->evidence = (EonayCardEvidence){ .service = self->service, .cards = self->cards };
}

static EonayCardFacts *
add_reader (Cards *self, const char *name, EonayReaderState state, int error)
{
  EonayCardFacts *card = eonay_card_facts_new (name, state);

  if (error >= 0)
    card->error = g_error_new_literal (EONAY_CARD_ERROR, error, "technical words");
  g_ptr_array_add (self->cards, card);

  return card;
}

static void
add_certificate (EonayCardFacts *card, EonayCandidateReasons reasons, int days_left)
{
  g_autoptr (GDateTime) not_before = g_date_time_new_utc (2026, 1, 2, 0, 0, 0);
  g_autoptr (GDateTime) not_after = g_date_time_new_utc (2029, 3, 4, 0, 0, 0);

  eonay_card_facts_add_certificate (card, reasons, TRUE, days_left, not_before, not_after);
}

static void
add_pin (EonayCardFacts *card, int tries_left, gboolean puk_blocked)
{
  EonayPinState pin = { .known = tries_left >= 0,
                        .tries_left = tries_left,
                        .blocked = tries_left == 0 };
  EonayPinState puk = { .known = TRUE, .tries_left = puk_blocked ? 0 : 3, .blocked = puk_blocked };

  g_array_append_val (card->pins, pin);
  g_array_append_val (card->puks, puk);
  g_ptr_array_add (card->unblock_errors, NULL);
}

/* A card with which everything is in order. */
static EonayCardFacts *
add_card (Cards *self, const char *reader)
{
  EonayCardFacts *card = add_reader (self, reader, EONAY_READER_READY, -1);

  g_free (card->model);
  g_free (card->serial);
  card->model = g_strdup ("AKİS v2.2");
  card->serial = g_strdup ("0102030405067788");
  card->can_use_keys = TRUE;
  add_pin (card, 3, FALSE);
  add_certificate (card, EONAY_CANDIDATE_USABLE, 400);

  return card;
}

static void
set_service_error (Cards *self, int code, EonayPcscSocket socket)
{
  g_clear_error (&self->service->error);
  self->service->error = g_error_new_literal (EONAY_CARD_ERROR, code, "technical words");
  self->service->socket = socket;
}

static void
test_service (void)
{
  g_auto (Cards) cards;

  cards_init (&cards);
  assert_finding (eonay_judge_service (&cards.evidence), EONAY_FINDING_OK, NULL, "running");

  set_service_error (&cards, EONAY_CARD_ERROR_NO_SERVICE, EONAY_PCSC_SOCKET_SILENT);
  assert_finding (eonay_judge_service (&cards.evidence), EONAY_FINDING_FAILURE, "KART-02",
                  "sudo systemctl start pcscd");
  cards.service->is_installed = FALSE;
  assert_finding (eonay_judge_service (&cards.evidence), EONAY_FINDING_FAILURE, "KART-02",
                  "sudo apt install pcscd");
  cards.evidence.is_sandboxed = TRUE;
  assert_finding (eonay_judge_service (&cards.evidence), EONAY_FINDING_FAILURE, "KART-02",
                  "flatpak override --user --socket=pcsc");
  cards.evidence.has_pcsc = TRUE;
  assert_finding (eonay_judge_service (&cards.evidence), EONAY_FINDING_FAILURE, "KART-02",
                  "stopped or restarted while e-Onay ran");
  assert_finding (eonay_judge_service (&cards.evidence), EONAY_FINDING_FAILURE, "KART-02",
                  "then close e-Onay and start it again");
  set_service_error (&cards, EONAY_CARD_ERROR_NO_SERVICE, EONAY_PCSC_SOCKET_MISSING);
  assert_finding (eonay_judge_service (&cards.evidence), EONAY_FINDING_FAILURE, "KART-02",
                  "not running when e-Onay was started");
  assert_finding (eonay_judge_service (&cards.evidence), EONAY_FINDING_FAILURE, "KART-02",
                  "sudo systemctl start pcscd");
  set_service_error (&cards, EONAY_CARD_ERROR_UNRESPONSIVE, EONAY_PCSC_SOCKET_OPEN);
  assert_finding (eonay_judge_service (&cards.evidence), EONAY_FINDING_FAILURE, "KART-02",
                  "sudo systemctl restart pcscd");
  assert_finding (eonay_judge_reader (&cards.evidence), EONAY_FINDING_UNKNOWN, NULL, "Not checked");

  cards.evidence.service = NULL;
  assert_finding (eonay_judge_service (&cards.evidence), EONAY_FINDING_NOT_APPLICABLE, NULL,
                  "Practice");
}

static void
test_permission_and_protocol (void)
{
  g_auto (Cards) cards;

  cards_init (&cards);
  assert_finding (eonay_judge_permission (&cards.evidence), EONAY_FINDING_OK, NULL, "may use");
  assert_finding (eonay_judge_protocol (&cards.evidence), EONAY_FINDING_OK, NULL, "understand");

  /* polkit's no: the socket is open to everybody. */
  set_service_error (&cards, EONAY_CARD_ERROR_ACCESS_DENIED, EONAY_PCSC_SOCKET_OPEN);
  assert_finding (eonay_judge_service (&cards.evidence), EONAY_FINDING_OK, NULL, "running");
  assert_finding (eonay_judge_permission (&cards.evidence), EONAY_FINDING_FAILURE, "KART-03",
                  "administrator");
  assert_finding (eonay_judge_protocol (&cards.evidence), EONAY_FINDING_UNKNOWN, NULL, "Not");

  set_service_error (&cards, EONAY_CARD_ERROR_NO_SERVICE, EONAY_PCSC_SOCKET_DENIED);
  assert_finding (eonay_judge_service (&cards.evidence), EONAY_FINDING_UNKNOWN, NULL, "may not");
  assert_finding (eonay_judge_permission (&cards.evidence), EONAY_FINDING_FAILURE, "KART-03",
                  "may");

  set_service_error (&cards, EONAY_CARD_ERROR_SERVICE_MISMATCH, EONAY_PCSC_SOCKET_OPEN);
  assert_finding (eonay_judge_service (&cards.evidence), EONAY_FINDING_OK, NULL, "running");
  assert_finding (eonay_judge_permission (&cards.evidence), EONAY_FINDING_OK, NULL, "may use");
  assert_finding (eonay_judge_protocol (&cards.evidence), EONAY_FINDING_FAILURE, "KART-04",
                  "Update");
}

/* A card that a module shows without PC/SC needs no service. */
static void
test_service_that_is_not_needed (void)
{
  g_auto (Cards) cards;

  cards_init (&cards);
  add_card (&cards, "SoftHSM");
  set_service_error (&cards, EONAY_CARD_ERROR_NO_SERVICE, EONAY_PCSC_SOCKET_MISSING);
  g_assert_true (eonay_judge_can_sign (&cards.evidence));
  assert_finding (eonay_judge_service (&cards.evidence), EONAY_FINDING_WARNING, "KART-02",
                  "does not need it");
  set_service_error (&cards, EONAY_CARD_ERROR_SERVICE_MISMATCH, EONAY_PCSC_SOCKET_OPEN);
  assert_finding (eonay_judge_protocol (&cards.evidence), EONAY_FINDING_WARNING, "KART-04", "");
}

static void
test_readers_and_cards (void)
{
  g_auto (Cards) cards;

  cards_init (&cards);
  assert_finding (eonay_judge_reader (&cards.evidence), EONAY_FINDING_FAILURE, "KART-05", "reader");
  assert_finding (eonay_judge_card (&cards.evidence), EONAY_FINDING_UNKNOWN, NULL, "Not checked");

  add_reader (&cards, "Deneme 00", EONAY_READER_EMPTY, -1);
  assert_finding (eonay_judge_reader (&cards.evidence), EONAY_FINDING_OK, NULL, "Deneme 00");
  assert_finding (eonay_judge_card (&cards.evidence), EONAY_FINDING_FAILURE, "KART-06", "Insert");
  assert_finding (eonay_judge_driver (&cards.evidence), EONAY_FINDING_UNKNOWN, NULL, "Not checked");
  assert_finding (eonay_judge_pin (&cards.evidence), EONAY_FINDING_UNKNOWN, NULL, "Not checked");
  assert_finding (eonay_judge_certificate (&cards.evidence), EONAY_FINDING_UNKNOWN, NULL, "Not");

  ((EonayCardFacts *) cards.cards->pdata[0])->is_mute = TRUE;
  assert_finding (eonay_judge_card (&cards.evidence), EONAY_FINDING_FAILURE, "KART-10", "chip");

  g_ptr_array_set_size (cards.cards, 0);
  add_reader (&cards, "Deneme 00", EONAY_READER_READING, -1);
  assert_finding (eonay_judge_card (&cards.evidence), EONAY_FINDING_FAILURE, "KART-10", "chip");

  g_ptr_array_set_size (cards.cards, 0);
  add_reader (&cards, "Deneme 00", EONAY_READER_FAILED, EONAY_CARD_ERROR_BUSY);
  assert_finding (eonay_judge_card (&cards.evidence), EONAY_FINDING_FAILURE, "KART-09", "program");
  assert_finding (eonay_judge_driver (&cards.evidence), EONAY_FINDING_UNKNOWN, NULL, "Not checked");
}

static void
test_drivers (void)
{
  static const struct {
    EonayReaderState state;
    int error;
    const char *code;
  } cases[] = {
    { EONAY_READER_UNSUPPORTED, EONAY_CARD_ERROR_UNSUPPORTED, "KART-11" },
    { EONAY_READER_UNSUPPORTED, EONAY_CARD_ERROR_MODULE_NEEDED, "KART-18" },
    { EONAY_READER_FAILED, EONAY_CARD_ERROR_MODULE_CRASHED, "KART-19" },
    { EONAY_READER_FAILED, EONAY_CARD_ERROR_MODULE_HUNG, "KART-20" },
    { EONAY_READER_FAILED, EONAY_CARD_ERROR_MODULE_FAILED, "KART-21" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (Cards) cards;
      EonayCardFacts *card;

      cards_init (&cards);
      card = add_reader (&cards, "Deneme 00", cases[i].state, cases[i].error);
      g_free (card->atr);
      card->atr = g_strdup ("3B 00");
      assert_finding (eonay_judge_card (&cards.evidence), EONAY_FINDING_OK, NULL, "3B 00");
      assert_finding (eonay_judge_driver (&cards.evidence), EONAY_FINDING_FAILURE, cases[i].code,
                      "ATR: 3B 00");
      g_assert_false (eonay_judge_can_sign (&cards.evidence));
    }
}

static void
test_ways_to_a_card (void)
{
  g_auto (Cards) cards;
  EonayCardFacts *card;

  cards_init (&cards);
  card = add_card (&cards, "Deneme 00");
  assert_finding (eonay_judge_driver (&cards.evidence), EONAY_FINDING_OK, NULL, "no driver");
  assert_finding (eonay_judge_card (&cards.evidence), EONAY_FINDING_OK, NULL, "AKİS v2.2");
  assert_finding (eonay_judge_card (&cards.evidence), EONAY_FINDING_OK, NULL, "…7788");

  card->backend = g_strdup ("/usr/lib/libakisp11.so");
  assert_finding (eonay_judge_driver (&cards.evidence), EONAY_FINDING_OK, NULL,
                  "/usr/lib/libakisp11.so");

  /* One of its keys is used natively, another needs a module. */
  g_clear_pointer (&card->backend, g_free);
  add_certificate (card, EONAY_CANDIDATE_MODULE_NEEDED, 400);
  assert_finding (eonay_judge_driver (&cards.evidence), EONAY_FINDING_WARNING, NULL, "driver");
  g_assert_true (eonay_judge_can_sign (&cards.evidence));

  card->can_use_keys = FALSE;
  g_free (card->module);
  card->module = g_strdup ("libyok.so");
  g_ptr_array_set_size (card->certificates, 0);
  add_certificate (card, EONAY_CANDIDATE_MODULE_NEEDED, 400);
  assert_finding (eonay_judge_driver (&cards.evidence), EONAY_FINDING_FAILURE, "KART-18",
                  "libyok.so");
  assert_finding (eonay_judge_driver (&cards.evidence), EONAY_FINDING_FAILURE, "KART-18", "module");
  g_assert_false (eonay_judge_can_sign (&cards.evidence));
}

/* A module that does not serve is neither a reader nor a card. */
static void
test_module_alone (void)
{
  g_auto (Cards) cards;

  cards_init (&cards);
  add_reader (&cards, "libyok.so", EONAY_READER_FAILED, EONAY_CARD_ERROR_MODULE_FAILED)->is_module =
      TRUE;
  assert_finding (eonay_judge_reader (&cards.evidence), EONAY_FINDING_FAILURE, "KART-05", "reader");
  assert_finding (eonay_judge_card (&cards.evidence), EONAY_FINDING_UNKNOWN, NULL, "Not checked");
  assert_finding (eonay_judge_driver (&cards.evidence), EONAY_FINDING_FAILURE, "KART-21", "module");
  assert_finding (eonay_judge_pin (&cards.evidence), EONAY_FINDING_UNKNOWN, NULL, "Not checked");
  set_service_error (&cards, EONAY_CARD_ERROR_NO_SERVICE, EONAY_PCSC_SOCKET_MISSING);
  assert_finding (eonay_judge_reader (&cards.evidence), EONAY_FINDING_UNKNOWN, NULL, "Not checked");

  add_reader (&cards, "Deneme 00", EONAY_READER_EMPTY, -1);
  assert_finding (eonay_judge_reader (&cards.evidence), EONAY_FINDING_OK, NULL, "Deneme 00");
  assert_finding (eonay_judge_card (&cards.evidence), EONAY_FINDING_FAILURE, "KART-06", "Insert");

  g_ptr_array_set_size (cards.cards, 1);
  add_card (&cards, "Bir");
  assert_finding (eonay_judge_driver (&cards.evidence), EONAY_FINDING_WARNING, "KART-21",
                  "libyok.so: ");
  assert_finding (eonay_judge_certificate (&cards.evidence), EONAY_FINDING_OK, NULL, "400");
}

/* What it said of its PIN is older than the question that it did not answer. */
static void
test_card_that_does_not_answer (void)
{
  g_auto (Cards) cards;

  cards_init (&cards);
  add_card (&cards, "Deneme 00")->pin_error =
      g_error_new_literal (EONAY_CARD_ERROR, EONAY_CARD_ERROR_UNRESPONSIVE, "technical words");
  assert_finding (eonay_judge_pin (&cards.evidence), EONAY_FINDING_UNKNOWN, "KART-10", "card");
  assert_finding (eonay_judge_certificate (&cards.evidence), EONAY_FINDING_OK, NULL, "400");
  g_assert_false (eonay_judge_can_sign (&cards.evidence));
}

static void
assert_serial_shown (const char *serial, const char *shown)
{
  g_auto (Cards) cards;
  g_autoptr (EonayFinding) finding = NULL;
  EonayCardFacts *card;

  cards_init (&cards);
  card = add_card (&cards, "Deneme 00");
  g_free (card->serial);
  card->serial = g_strdup (serial);
  finding = eonay_judge_card (&cards.evidence);
  g_assert_cmpstr (finding->found, ==, shown);
}

/* Never the whole of it. */
static void
test_serials (void)
{
  assert_serial_shown ("", "AKİS v2.2");
  assert_serial_shown ("7788", "AKİS v2.2");
  assert_serial_shown ("67788", "AKİS v2.2 · serial number …7788");
}

/* Nothing that may name a person or one reader of its like is in what is told of readers and cards. */
static void
test_names (void)
{
  g_auto (Cards) cards;
  g_autoptr (EonayFinding) readers = NULL;
  g_autoptr (EonayFinding) driven = NULL;
  EonayCardFacts *card;

  cards_init (&cards);
  add_card (&cards, "Deneme 3121 (SN_00421337) 00 00");
  card = add_card (&cards, "AYŞE DENEME");
  card->is_module = TRUE;
  card->backend = g_strdup ("/opt/deneme/kart.so");
  g_free (card->model);
  card->model = g_strdup ("AYSE DENEME 1985");

  readers = eonay_judge_reader (&cards.evidence);
  g_assert_cmpstr (readers->found, ==, "Deneme 3121 00 00\nPKCS#11");
  driven = eonay_judge_card (&cards.evidence);
  g_assert_cmpstr (driven->found, ==,
                   "Deneme 3121 00 00: AKİS v2.2 · serial number …7788\nPKCS#11: PKCS#11");
}

/* One card that serves makes another's trouble a warning, and says whose it is. */
static void
test_several_readers (void)
{
  g_auto (Cards) cards;
  EonayCardFacts *good;

  cards_init (&cards);
  good = add_card (&cards, "Bir");
  add_reader (&cards, "İki", EONAY_READER_UNSUPPORTED, EONAY_CARD_ERROR_UNSUPPORTED);
  add_reader (&cards, "Üç", EONAY_READER_EMPTY, -1);
  assert_finding (eonay_judge_driver (&cards.evidence), EONAY_FINDING_WARNING, "KART-11", "İki: ");
  assert_finding (eonay_judge_reader (&cards.evidence), EONAY_FINDING_OK, NULL, "Bir\nİki\nÜç");

  g_ptr_array_set_size (good->certificates, 0);
  add_certificate (good, EONAY_CANDIDATE_EXPIRED, -1);
  assert_finding (eonay_judge_driver (&cards.evidence), EONAY_FINDING_FAILURE, "KART-11", "Bir: ");
  assert_finding (eonay_judge_certificate (&cards.evidence), EONAY_FINDING_FAILURE, "IMZA-03",
                  "Bir: The certificate expired on 04.03.2029.");
}

static void
assert_pin (int tries_left, gboolean puk_blocked, EonayFindingState state, const char *code,
            const char *words)
{
  g_auto (Cards) cards;
  EonayCardFacts *card;

  cards_init (&cards);
  card = add_card (&cards, "Deneme 00");
  g_array_set_size (card->pins, 0);
  g_array_set_size (card->puks, 0);
  g_ptr_array_set_size (card->unblock_errors, 0);
  add_pin (card, tries_left, puk_blocked);
  if (tries_left == 0)
    {
      g_ptr_array_set_size (card->certificates, 0);
      add_certificate (card, EONAY_CANDIDATE_PIN_BLOCKED, 400);
      assert_finding (eonay_judge_certificate (&cards.evidence), EONAY_FINDING_OK, NULL, "400");
    }
  assert_finding (eonay_judge_pin (&cards.evidence), state, code, words);
}

static void
test_pins (void)
{
  assert_pin (3, FALSE, EONAY_FINDING_OK, NULL, "3 tries are left");
  assert_pin (1, FALSE, EONAY_FINDING_WARNING, NULL, "Only one try");
  assert_pin (-1, FALSE, EONAY_FINDING_UNKNOWN, NULL, "does not say");
  assert_pin (0, FALSE, EONAY_FINDING_FAILURE, "PIN-02", "PUK");
  assert_pin (0, TRUE, EONAY_FINDING_FAILURE, "PIN-06", "new card");
}

/* Nobody is sent for a PUK that is of no use. */
static void
test_no_unblock (void)
{
  g_auto (Cards) cards;
  EonayCardFacts *card;

  cards_init (&cards);
  card = add_card (&cards, "Deneme 00");
  g_array_set_size (card->pins, 0);
  g_array_set_size (card->puks, 0);
  g_ptr_array_set_size (card->unblock_errors, 0);
  add_pin (card, 0, FALSE);
  g_ptr_array_index (card->unblock_errors, 0) =
      g_error_new_literal (EONAY_CARD_ERROR, EONAY_CARD_ERROR_MODULE_NO_UNBLOCK, "");
  assert_finding (eonay_judge_pin (&cards.evidence), EONAY_FINDING_FAILURE, "KILIT-05", "blocked");
}

static void
test_two_pins (void)
{
  g_auto (Cards) cards;
  EonayCardFacts *card;

  cards_init (&cards);
  card = add_card (&cards, "Deneme 00");
  add_pin (card, 0, FALSE);
  assert_finding (eonay_judge_pin (&cards.evidence), EONAY_FINDING_WARNING, "PIN-02", "PIN 2: ");
}

static void
assert_certificate (EonayCandidateReasons reasons, int days_left, EonayFindingState state,
                    const char *code, const char *words)
{
  g_auto (Cards) cards;
  EonayCardFacts *card;

  cards_init (&cards);
  card = add_card (&cards, "Deneme 00");
  g_ptr_array_set_size (card->certificates, 0);
  add_certificate (card, reasons, days_left);
  assert_finding (eonay_judge_certificate (&cards.evidence), state, code, words);
}

static void
test_certificates (void)
{
  assert_certificate (EONAY_CANDIDATE_USABLE, 91, EONAY_FINDING_OK, NULL, "04.03.2029; 91 days");
  assert_certificate (EONAY_CANDIDATE_USABLE, 90, EONAY_FINDING_WARNING, NULL, "can be renewed");
  assert_certificate (EONAY_CANDIDATE_USABLE, 25, EONAY_FINDING_WARNING, NULL, "ends soon");
  assert_certificate (EONAY_CANDIDATE_EXPIRED, -1, EONAY_FINDING_FAILURE, "IMZA-03", "expired on");
  assert_certificate (EONAY_CANDIDATE_NOT_YET_VALID, 900, EONAY_FINDING_FAILURE, "IMZA-03",
                      "only from 02.01.2026");
  /* Only one that is over is replaced. */
  assert_certificate (EONAY_CANDIDATE_EXPIRED, -1, EONAY_FINDING_FAILURE, "IMZA-03",
                      "apply to your certificate provider for a new one");
  assert_certificate (EONAY_CANDIDATE_NOT_YET_VALID, 900, EONAY_FINDING_FAILURE, "IMZA-03",
                      "wait until it is valid");
  assert_certificate (EONAY_CANDIDATE_NO_KEY, 900, EONAY_FINDING_FAILURE, "IMZA-03", "key is not");
  assert_certificate (EONAY_CANDIDATE_SEAL, 900, EONAY_FINDING_FAILURE, "IMZA-03", "seal");
  assert_certificate (EONAY_CANDIDATE_UNSUPPORTED_KEY, 900, EONAY_FINDING_FAILURE, "IMZA-03",
                      "not");
  assert_certificate (EONAY_CANDIDATE_MODULE_NEEDED, 900, EONAY_FINDING_OK, NULL, "900");
}

static void
test_cards_without_certificates (void)
{
  g_auto (Cards) cards;
  EonayCardFacts *card;

  cards_init (&cards);
  card = add_card (&cards, "Deneme 00");
  g_ptr_array_set_size (card->certificates, 0);
  assert_finding (eonay_judge_certificate (&cards.evidence), EONAY_FINDING_FAILURE, "IMZA-11",
                  "no");
  card->n_unreadable = 1;
  assert_finding (eonay_judge_certificate (&cards.evidence), EONAY_FINDING_FAILURE, "IMZA-02",
                  "read");
}

/* A certificate that is not a qualified one serves, but not everywhere. */
static void
test_certificate_that_is_not_qualified (void)
{
  g_auto (Cards) cards;
  EonayCardFacts *card;

  cards_init (&cards);
  card = add_card (&cards, "Deneme 00");
  ((EonayCertificateFacts *) card->certificates->pdata[0])->is_qualified = FALSE;
  assert_finding (eonay_judge_certificate (&cards.evidence), EONAY_FINDING_WARNING, NULL,
                  "not a qualified one");
}

int
main (int argc, char *argv[])
{
  setlocale (LC_ALL, "C.UTF-8");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/judge/service", test_service);
  g_test_add_func ("/judge/permission-and-protocol", test_permission_and_protocol);
  g_test_add_func ("/judge/service-that-is-not-needed", test_service_that_is_not_needed);
  g_test_add_func ("/judge/readers-and-cards", test_readers_and_cards);
  g_test_add_func ("/judge/drivers", test_drivers);
  g_test_add_func ("/judge/ways-to-a-card", test_ways_to_a_card);
  g_test_add_func ("/judge/module-alone", test_module_alone);
  g_test_add_func ("/judge/card-that-does-not-answer", test_card_that_does_not_answer);
  g_test_add_func ("/judge/serials", test_serials);
  g_test_add_func ("/judge/names", test_names);
  g_test_add_func ("/judge/several-readers", test_several_readers);
  g_test_add_func ("/judge/pins", test_pins);
  g_test_add_func ("/judge/no-unblock", test_no_unblock);
  g_test_add_func ("/judge/two-pins", test_two_pins);
  g_test_add_func ("/judge/certificates", test_certificates);
  g_test_add_func ("/judge/cards-without-certificates", test_cards_without_certificates);
  g_test_add_func ("/judge/certificate-not-qualified", test_certificate_that_is_not_qualified);

  return g_test_run ();
}
