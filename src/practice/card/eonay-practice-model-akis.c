#include "practice/card/eonay-practice-akis.h"

#define SW_PIN_NOT_ENTERED 0x6406
#define SW_NO_KEY 0x6419
#define SW_NO_PIN 0x641a
#define SW_BLOCKED_EARLY 0x6984
#define SW_KEY_NOT_LOADED 0x6987

#define LONGEST_EARLY 244
#define CLASS_OWN 0x80

#define FIRST_ID 1
#define ID_STEP 2

#define SELECTION(p1) (1 << (p1))

/* "UEKAE V1.0" */
#define INTERFACE_1_0 "\x3b\xb0\x11\x00\x81\x31\xfe\x4d"
#define HISTORICAL_1_0 "UEKAE V1.0"

/* The historical bytes of v1.2 are public up to "UEKAE", those of v3 at their ends, and of both
   the interface bytes in part: the rest is ours. */
#define INTERFACE_1_2 "\x3b\x90\x96\x81\x31\xfe\x45"
#define HISTORICAL_1_2 \
  "\x80\x67"           \
  "UEKAE"              \
  "\x12\x00\x31\x80\x73\xf0\x21\x00"
#define INTERFACE_2 "\x3b\x90\x97\x81\x31\xfe\x45"
#define HISTORICAL_2 "\x80\x65\x54\x43\xd3\x22\x82\x31\xc0\x73\xf6\x21\x80\x81\x05"
#define INTERFACE_3 "\x3b\x90\x97\x81\x31\xfe\x45"
#define HISTORICAL_3 "\x80\x66\x68\x32\x09\x00\x00\x00\x31\x95\x81\x05"

static const EonayPracticePinPlan pins[] = {
  { 0x01, 0x81, 0x82, "PIN", "123456" },
  { 0x02, 0x82, 0x00, "PUK", "12345678" },
  { 0 },
};

/* The effect of a VERIFY without data is unknown for all of them: the worst is assumed. */
static const EonayPracticePinRules pin_rules_1_0 = { .blocked = SW_BLOCKED_EARLY,
                                                     .digit_values = TRUE,
                                                     .short_costs_try = TRUE,
                                                     .asking_costs_try = TRUE };

static const EonayPracticePinRules pin_rules_1_2 = { .blocked = SW_BLOCKED_EARLY,
                                                     .short_costs_try = TRUE,
                                                     .asking_costs_try = TRUE };

static const EonayPracticePinRules pin_rules_late = { .blocked = EONAY_PRACTICE_SW_BLOCKED,
                                                      .asking_costs_try = TRUE };

static const EonayPracticeAlgorithm algorithms_early[] = {
  { 0, EONAY_PRACTICE_SCHEME_DIGEST_INFO, { 0 } },
};

/* Inferred. */
static const EonayPracticeAlgorithm algorithms_late[] = {
  { 0x02, EONAY_PRACTICE_SCHEME_DIGEST_INFO, { 0 } },
  { 0x04, EONAY_PRACTICE_SCHEME_ECDSA_PLAIN, { 0 } },
};

static const EonayPracticeAkisRules rules_1_0 = {
  .selections = SELECTION (0x00) | SELECTION (0x02) | SELECTION (0x04) | SELECTION (0x08),
  .measured_change = TRUE,
  .signs = TRUE,
  .not_entered = SW_PIN_NOT_ENTERED,
  .no_key = SW_NO_KEY,
  .no_pin = SW_NO_PIN,
  .not_chosen = SW_KEY_NOT_LOADED,
};

/* Signatures and PIN change as with v1.0: inferred, without evidence to the contrary. */
static const EonayPracticeAkisRules rules_1_2 = {
  .selections = SELECTION (0x00) | SELECTION (0x01) | SELECTION (0x02) | SELECTION (0x04),
  .only_root_by_id = TRUE,
  .measured_change = TRUE,
  .signs = TRUE,
  .not_entered = SW_PIN_NOT_ENTERED,
  .no_key = SW_NO_KEY,
  .no_pin = SW_NO_PIN,
  .not_chosen = SW_KEY_NOT_LOADED,
};

static const EonayPracticeAkisRules rules_2 = {
  .selections = SELECTION (0x00) | SELECTION (0x02) | SELECTION (0x04),
  .only_root_by_id = TRUE,
  .environment_in_body = TRUE,
  .signs = TRUE,
  .uses_pin_up = TRUE,
  .not_entered = EONAY_PRACTICE_SW_NOT_VERIFIED,
  .no_key = EONAY_PRACTICE_SW_REFERENCE_NOT_FOUND,
  .no_pin = EONAY_PRACTICE_SW_REFERENCE_NOT_FOUND,
  .not_chosen = EONAY_PRACTICE_SW_CONDITIONS,
};

static const EonayPracticeAkisRules rules_3 = {
  .selections = SELECTION (0x00) | SELECTION (0x02) | SELECTION (0x04),
  .only_root_by_id = TRUE,
  .not_entered = EONAY_PRACTICE_SW_NOT_VERIFIED,
  .no_pin = EONAY_PRACTICE_SW_REFERENCE_NOT_FOUND,
};

#define AKIS(its_interface, its_historical, its_algorithms)                                \
  .interface = its_interface, .interface_length = sizeof its_interface - 1,                \
  .historical = its_historical, .historical_length = sizeof its_historical - 1,            \
  .protocol = EONAY_PROTOCOL_T1, .pins = pins, .algorithms = its_algorithms,               \
  .n_algorithms = G_N_ELEMENTS (its_algorithms), .first_id = FIRST_ID, .id_step = ID_STEP, \
  .execute = eonay_practice_akis_execute

const EonayPracticeModel eonay_practice_model_akis_1_0 = {
  AKIS (INTERFACE_1_0, HISTORICAL_1_0, algorithms_early),
  .longest = LONGEST_EARLY,
  .own_class = CLASS_OWN,
  .pin_rules = &pin_rules_1_0,
  .first_reference = FIRST_ID,
  .lay_out = eonay_practice_akis_lay_out_early,
  .akis = &rules_1_0,
};

const EonayPracticeModel eonay_practice_model_akis_1_2 = {
  AKIS (INTERFACE_1_2, HISTORICAL_1_2, algorithms_early),
  .longest = LONGEST_EARLY,
  .pin_rules = &pin_rules_1_2,
  .first_reference = FIRST_ID,
  .lay_out = eonay_practice_akis_lay_out_early,
  .akis = &rules_1_2,
};

/* Chaining: the historical bytes say so. */
const EonayPracticeModel eonay_practice_model_akis_2 = {
  AKIS (INTERFACE_2, HISTORICAL_2, algorithms_late),
  .chaining = TRUE,
  .pin_rules = &pin_rules_late,
  .first_reference = 0x80 | FIRST_ID,
  .lay_out = eonay_practice_akis_lay_out_late,
  .akis = &rules_2,
};

const EonayPracticeModel eonay_practice_model_akis_3 = {
  AKIS (INTERFACE_3, HISTORICAL_3, algorithms_late),
  .chaining = TRUE,
  .pin_rules = &pin_rules_late,
  .first_reference = 0x80 | FIRST_ID,
  .lay_out = eonay_practice_akis_lay_out_late,
  .akis = &rules_3,
};
