#pragma once

#include "practice/eonay-practice-command.h"
#include "practice/eonay-practice-key.h"
#include "practice/eonay-practice-pin.h"

G_BEGIN_DECLS

/**
 * EonayPracticeSecurity: the card's PIN, PUK and keys, and its current security environment.
 *
 * Each call carries out one command, appends its data to @response, and returns a status word.
 */
typedef struct _EonayPracticeSecurity EonayPracticeSecurity;

/** @keys: (transfer full) (element-type EonayPracticeKey) */
EonayPracticeSecurity *eonay_practice_security_new (GPtrArray *keys, const char *pin,
                                                    const char *puk);
void eonay_practice_security_free (EonayPracticeSecurity *self);

/** Nothing is verified, no key is chosen; the tries stay. */
void eonay_practice_security_reset (EonayPracticeSecurity *self);

/** No key is chosen any more. */
void eonay_practice_security_clear_environment (EonayPracticeSecurity *self);

/** Spends all tries of the PIN. */
void eonay_practice_security_block (EonayPracticeSecurity *self);

/** VERIFY: ISO/IEC 7816-4, 11.5.6 */
guint16 eonay_practice_security_verify (EonayPracticeSecurity *self,
                                        const EonayPracticeCommand *command);

/** CHANGE REFERENCE DATA: 11.5.7; old and new PIN, each padded to its stored length */
guint16 eonay_practice_security_change (EonayPracticeSecurity *self,
                                        const EonayPracticeCommand *command);

/** RESET RETRY COUNTER: 11.5.10; PUK, and with P1 = 00 a new PIN, each padded */
guint16 eonay_practice_security_unblock (EonayPracticeSecurity *self,
                                         const EonayPracticeCommand *command);

/** MANAGE SECURITY ENVIRONMENT, SET for digital signatures: 11.5.11 */
guint16 eonay_practice_security_choose (EonayPracticeSecurity *self,
                                        const EonayPracticeCommand *command);

/** PERFORM SECURITY OPERATION, COMPUTE DIGITAL SIGNATURE: ISO/IEC 7816-8, 5.3 */
guint16 eonay_practice_security_sign (EonayPracticeSecurity *self,
                                      const EonayPracticeCommand *command, GByteArray *response);

/** GET CHALLENGE: ISO/IEC 7816-4, 11.5.3 */
guint16 eonay_practice_security_challenge (EonayPracticeSecurity *self,
                                           const EonayPracticeCommand *command,
                                           GByteArray *response);

G_END_DECLS
