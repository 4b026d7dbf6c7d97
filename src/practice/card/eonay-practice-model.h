#pragma once

#include "card/apdu/eonay-transport.h"
#include "practice/card/eonay-practice-command.h"
#include "practice/card/eonay-practice-file.h"
#include "practice/card/eonay-practice-pin.h"
#include "practice/pki/eonay-practice-scheme.h"

G_BEGIN_DECLS

typedef struct _EonayPracticeChip EonayPracticeChip;
typedef struct _EonayPracticeModel EonayPracticeModel;

#define EONAY_PRACTICE_MODEL_PINS_MAX 4

/**
 * EonayPracticeAkisRules: the differences between the generations of AKİS.
 *
 * @selections: bit n is set if SELECT takes P1 = n
 * @only_root_by_id: P1 = 00 of SELECT names the MF and no other DF
 * @measured_change: CHANGE REFERENCE DATA takes each PIN behind its length
 * @environment_in_body: MSE has templates in its body, not a key reference in P2
 * @signs: its commands for signatures are public
 * @uses_pin_up: each signature needs a new VERIFY
 * @not_entered, @no_key, @no_pin, @not_chosen: status words
 */
typedef struct {
  guint16 selections;
  gboolean only_root_by_id;
  gboolean measured_change;
  gboolean environment_in_body;
  gboolean signs;
  gboolean uses_pin_up;
  guint16 not_entered;
  guint16 no_key;
  guint16 no_pin;
  guint16 not_chosen;
} EonayPracticeAkisRules;

/**
 * EonayPracticeModel: a make of card: how it is recognised, its commands and its file system. A
 * constant.
 *
 * @interface: the answer to reset up to the historical bytes, their number left out of T0
 * @chaining: whether it takes command chaining (ISO/IEC 7816-4, 5.3.3)
 * @extended: whether it takes extended lengths
 * @longest: maximum bytes in each direction of one command; 0: what the length fields allow
 * @own_class: a class byte of its own next to those of ISO/IEC 7816-4; 00 for none
 * @pins: up to one without a label; the first protects the keys that name no other
 * @algorithms: @n_algorithms of them; the first that fits a key is its default
 * @keys_name_algorithms: whether PrKDF says which of TokenInfo's algorithms a key has
 * @hides_algorithms: whether TokenInfo does not list them
 * @manufacturer: (nullable): of the practice card, if TokenInfo has another
 * @is_nameless: whether its MF has no name to be selected by
 * @keys_in_files: whether MSE SET names the file of a key, and key 00 in it
 * @wants_expected: whether an answer is lost where the command expects none
 * @waits: whether each answer needs GET RESPONSE at T=0; 6100 for one of 256 bytes, and for no data
 *   after a SELECT that expects none
 * @not_verified: status word of a signature without a PIN; 0 for 6982
 * @first_id, @first_reference: of its keys; incremented by @id_step for each further one
 * @lay_out: creates its files; @keys: (element-type EonayPracticeKey)
 * @execute: one whole command; appends its data to the response, returns a status word
 * @akis: (nullable)
 */
struct _EonayPracticeModel {
  const char *interface;
  gsize interface_length;
  const char *historical;
  gsize historical_length;
  EonayProtocol protocol;
  gboolean chaining;
  gboolean extended;
  guint longest;
  guint8 own_class;
  const EonayPracticePinRules *pin_rules;
  const EonayPracticePinPlan *pins;
  const EonayPracticeAlgorithm *algorithms;
  guint n_algorithms;
  gboolean keys_name_algorithms;
  gboolean hides_algorithms;
  const char *manufacturer;
  gboolean is_nameless;
  gboolean keys_in_files;
  gboolean wants_expected;
  gboolean waits;
  guint16 not_verified;
  guint8 first_id;
  guint8 first_reference;
  guint8 id_step;
  EonayPracticeFile *(*lay_out) (const EonayPracticeModel *self, const guint8 serial[8],
                                 GPtrArray *keys);
  guint16 (*execute) (EonayPracticeChip *chip, const EonayPracticeCommand *command,
                      GByteArray *response);
  const EonayPracticeAkisRules *akis;
};

/** Plain cards of ISO/IEC 7816-4, -8 and -15. */
extern const EonayPracticeModel eonay_practice_model_iso;
extern const EonayPracticeModel eonay_practice_model_t0;
extern const EonayPracticeModel eonay_practice_model_many;
extern const EonayPracticeModel eonay_practice_model_pss;
extern const EonayPracticeModel eonay_practice_model_host_padded;
extern const EonayPracticeModel eonay_practice_model_63c0;

/** Plain cards with a signature command of their own. */
extern const EonayPracticeModel eonay_practice_model_myeid;
extern const EonayPracticeModel eonay_practice_model_myeid_t0;
extern const EonayPracticeModel eonay_practice_model_list_only;

/** Cards of the AKİS family. */
extern const EonayPracticeModel eonay_practice_model_akis_1_0;
extern const EonayPracticeModel eonay_practice_model_akis_1_2;
extern const EonayPracticeModel eonay_practice_model_akis_2;
extern const EonayPracticeModel eonay_practice_model_akis_3;

/** Returns: (transfer full): the answer to reset (ISO/IEC 7816-3, 8.2), with TCK where due */
GBytes *eonay_practice_model_make_atr (const EonayPracticeModel *self);

/** Returns: (nullable): the plan of the PIN of that reference */
const EonayPracticePinPlan *eonay_practice_model_find_pin (const EonayPracticeModel *self,
                                                           guint8 reference);

G_END_DECLS
