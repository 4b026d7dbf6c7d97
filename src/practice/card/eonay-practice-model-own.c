#include "practice/card/eonay-practice-iso.h"
#include "practice/card/eonay-practice-pkcs15.h"

/* The first is as on such cards; the others are possible on any card. */
#define INTERFACE_MYEID "\x3b\xf0\x18\x00\x00\x81\x31\xfe\x45"
#define HISTORICAL_MYEID "MyEID"
#define INTERFACE_T0 "\x3b\x00"
#define INTERFACE_T1 "\x3b\x80\x01"
#define HISTORICAL "\x80\x31\xf8\x73\xf4\x21\x80"

#define STORED_LENGTH 8
#define PUK_TRIES 10

#define REFERENCE_PIN 0x01
#define REFERENCE_OFFICER 0x03
#define REFERENCE_PUK 0x11

static const EonayPracticePinRules rules_myeid = { .blocked = EONAY_PRACTICE_SW_BLOCKED,
                                                   .padded = TRUE,
                                                   .pad = 0xff,
                                                   .stored_length = STORED_LENGTH };

/* Not tried on such a card: the worst is assumed. */
static const EonayPracticePinRules rules_list_only = { .blocked = EONAY_PRACTICE_SW_BLOCKED,
                                                       .padded = TRUE,
                                                       .asking_costs_try = TRUE };

static const EonayPracticePinPlan pins_myeid[] = {
  { 0x01, REFERENCE_PIN, REFERENCE_PUK, "PIN", "123456" },
  { 0xff, REFERENCE_OFFICER, REFERENCE_PUK, "Yönetici PIN", "87654321", .is_officer = TRUE },
  { 0x00, REFERENCE_PUK, 0x00, "PUK", "12345678", .tries = PUK_TRIES, .is_hidden = TRUE },
  { 0 },
};

static const EonayPracticePinPlan pins_list_only[] = {
  { 0x01, REFERENCE_PIN, REFERENCE_PUK, "PIN", "123456" },
  { 0x00, REFERENCE_PUK, 0x00, "PUK", "12345678", .is_hidden = TRUE },
  { 0 },
};

static const EonayPracticeAlgorithm algorithms_myeid[] = {
  { 0x02, EONAY_PRACTICE_SCHEME_DIGEST_INFO, { 0 } },
  { 0x04, EONAY_PRACTICE_SCHEME_ECDSA, { 0 } },
};

static const EonayPracticeAlgorithm algorithms_list_only[] = {
  { 0xa5, EONAY_PRACTICE_SCHEME_DIGEST_INFO, { 0 } },
};

#define OWN(its_interface, its_historical, its_algorithms)                                        \
  .interface = its_interface, .interface_length = sizeof its_interface - 1,                       \
  .historical = its_historical, .historical_length = sizeof its_historical - 1, .chaining = TRUE, \
  .algorithms = its_algorithms, .n_algorithms = G_N_ELEMENTS (its_algorithms),                    \
  .hides_algorithms = TRUE, .is_nameless = TRUE, .first_id = 0x45, .id_step = 1,                  \
  .lay_out = eonay_practice_pkcs15_lay_out, .execute = eonay_practice_iso_execute

#define MYEID(its_interface, its_historical)                                                  \
  OWN (its_interface, its_historical, algorithms_myeid),                                      \
      .manufacturer = "Aventra Ltd. (DENEME)", .pin_rules = &rules_myeid, .pins = pins_myeid, \
      .keys_in_files = TRUE, .wants_expected = TRUE, .waits = TRUE,                           \
      .not_verified = EONAY_PRACTICE_SW_CONDITIONS

const EonayPracticeModel eonay_practice_model_myeid = {
  MYEID (INTERFACE_MYEID, HISTORICAL_MYEID),
  .protocol = EONAY_PROTOCOL_T1,
};

const EonayPracticeModel eonay_practice_model_myeid_t0 = {
  MYEID (INTERFACE_T0, HISTORICAL),
  .protocol = EONAY_PROTOCOL_T0,
};

const EonayPracticeModel eonay_practice_model_list_only = {
  OWN (INTERFACE_T1, HISTORICAL, algorithms_list_only),
  .manufacturer = "BAŞKA (DENEME)",
  .protocol = EONAY_PROTOCOL_T1,
  .pin_rules = &rules_list_only,
  .pins = pins_list_only,
};
