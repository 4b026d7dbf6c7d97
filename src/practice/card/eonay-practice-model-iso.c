#include "practice/card/eonay-practice-iso.h"
#include "practice/card/eonay-practice-pkcs15.h"

/* Selection by name, partial name, path and identifier; command chaining, extended lengths,
   EF.ATR; issuer "EONAY". The second one has no extended lengths. */
#define HISTORICAL                   \
  "\x80\x31\xf8\x73\xf4\x21\xe0\x55" \
  "EONAY"
#define HISTORICAL_SHORT             \
  "\x80\x31\xf8\x73\xf4\x21\x80\x55" \
  "EONAY"

#define INTERFACE_T1 "\x3b\x80\x01"
#define INTERFACE_T0 "\x3b\x00"

#define MECHANISM_RSA_PKCS 0x0001
#define MECHANISM_RSA_X_509 0x0003
#define MECHANISM_RSA_PKCS_PSS 0x000d
#define MECHANISM_SHA256_RSA_PKCS_PSS 0x0043
#define MECHANISM_ECDSA 0x1041

/* References are those of IsoApplet, as which OpenSC recognises the card. */
#define REFERENCE_BLOCK 0x10
#define REFERENCE_DIGEST_INFO 0x11
#define REFERENCE_PSS 0x12
#define REFERENCE_ECDSA 0x21

static const EonayPracticePinRules rules = { .blocked = EONAY_PRACTICE_SW_BLOCKED, .padded = TRUE };

static const EonayPracticePinRules rules_63c0 = { .blocked = EONAY_PRACTICE_SW_TRIES_LEFT,
                                                  .padded = TRUE,
                                                  .hides_verified = TRUE };

static const EonayPracticePinPlan pins[] = {
  { 0x01, 0x01, 0x02, "PIN", "123456" },
  { 0x02, 0x02, 0x00, "PUK", "12345678" },
  { 0 },
};

static const EonayPracticePinPlan pins_many[] = {
  { 0x11, 0x81, 0x82, "Giriş PIN", "123456" },
  { 0x12, 0x83, 0x84, "İmza PIN", "654321" },
  { 0x21, 0x82, 0x00, "Giriş PUK", "12345678" },
  { 0x22, 0x84, 0x00, "İmza PUK", "87654321" },
  { 0 },
};

static const EonayPracticeAlgorithm algorithms[] = {
  { REFERENCE_DIGEST_INFO, EONAY_PRACTICE_SCHEME_DIGEST_INFO, { MECHANISM_RSA_PKCS } },
  { REFERENCE_PSS, EONAY_PRACTICE_SCHEME_PSS, { MECHANISM_RSA_PKCS_PSS } },
  { REFERENCE_ECDSA, EONAY_PRACTICE_SCHEME_ECDSA, { MECHANISM_ECDSA } },
};

static const EonayPracticeAlgorithm algorithms_pss[] = {
  { REFERENCE_PSS,
    EONAY_PRACTICE_SCHEME_PSS_SHA256,
    { MECHANISM_RSA_PKCS_PSS, MECHANISM_SHA256_RSA_PKCS_PSS } },
};

static const EonayPracticeAlgorithm algorithms_host_padded[] = {
  { REFERENCE_BLOCK, EONAY_PRACTICE_SCHEME_BLOCK, { MECHANISM_RSA_X_509 } },
};

/* Common to plain cards. */
#define PLAIN(its_interface, its_historical, its_algorithms)                                      \
  .interface = its_interface, .interface_length = sizeof its_interface - 1,                       \
  .historical = its_historical, .historical_length = sizeof its_historical - 1, .chaining = TRUE, \
  .algorithms = its_algorithms, .n_algorithms = G_N_ELEMENTS (its_algorithms), .first_id = 0x45,  \
  .id_step = 1, .execute = eonay_practice_iso_execute

const EonayPracticeModel eonay_practice_model_iso = {
  PLAIN (INTERFACE_T1, HISTORICAL, algorithms),
  .protocol = EONAY_PROTOCOL_T1,
  .extended = TRUE,
  .pin_rules = &rules,
  .pins = pins,
  .lay_out = eonay_practice_pkcs15_lay_out,
};

const EonayPracticeModel eonay_practice_model_t0 = {
  PLAIN (INTERFACE_T0, HISTORICAL_SHORT, algorithms),
  .protocol = EONAY_PROTOCOL_T0,
  .pin_rules = &rules,
  .pins = pins,
  .lay_out = eonay_practice_pkcs15_lay_out,
};

const EonayPracticeModel eonay_practice_model_many = {
  PLAIN (INTERFACE_T1, HISTORICAL, algorithms),
  .protocol = EONAY_PROTOCOL_T1,
  .extended = TRUE,
  .pin_rules = &rules,
  .pins = pins_many,
  .lay_out = eonay_practice_pkcs15_lay_out_many,
};

const EonayPracticeModel eonay_practice_model_pss = {
  PLAIN (INTERFACE_T1, HISTORICAL, algorithms_pss),
  .keys_name_algorithms = TRUE,
  .protocol = EONAY_PROTOCOL_T1,
  .extended = TRUE,
  .pin_rules = &rules,
  .pins = pins,
  .lay_out = eonay_practice_pkcs15_lay_out,
};

const EonayPracticeModel eonay_practice_model_host_padded = {
  PLAIN (INTERFACE_T1, HISTORICAL_SHORT, algorithms_host_padded),
  .keys_name_algorithms = TRUE,
  .protocol = EONAY_PROTOCOL_T1,
  .pin_rules = &rules,
  .pins = pins,
  .lay_out = eonay_practice_pkcs15_lay_out,
};

const EonayPracticeModel eonay_practice_model_63c0 = {
  PLAIN (INTERFACE_T1, HISTORICAL, algorithms),
  .protocol = EONAY_PROTOCOL_T1,
  .extended = TRUE,
  .pin_rules = &rules_63c0,
  .pins = pins,
  .lay_out = eonay_practice_pkcs15_lay_out,
};
