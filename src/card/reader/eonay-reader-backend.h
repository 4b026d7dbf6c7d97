#pragma once

#include "card/pkcs11/eonay-pkcs11-slot.h"
#include "card/reader/eonay-reader.h"

G_BEGIN_DECLS

/*
 * Which backend serves the card in a reader (card/reader/eonay-card-backend.h), from what the
 * reader, the person's options and the memory of earlier signatures say. Main thread.
 *
 * The memory is a file that only its owner can read, in the user's data folder (eonay/cards.ini). A
 * card stands there as the SHA-256 of the certificate that it signed with, which every backend
 * shows; nothing else of it does. It is read again only if it has changed. What is
 * no regular file of at most 1 MiB and 4096 lines counts as empty, and is replaced by the next card;
 * of more than 1024 cards the oldest are forgotten.
 */

/**
 * eonay_reader_backend_remember: that the module at the path @module has signed with @certificate
 *   (DER). Writes only what is new. A file that cannot be written costs nothing but the memory
 */
void eonay_reader_backend_remember (GBytes *certificate, const char *module);

/** Returns: (transfer full) (nullable): the module that has signed with @certificate (DER) last */
char *eonay_reader_backend_recall_certificate (GBytes *certificate);

/** Returns: (transfer full) (nullable): the module that has signed with @token's card last */
char *eonay_reader_backend_recall (EonayToken *token);

/** Returns: whether there is a card that modules have to be asked about */
gboolean eonay_reader_backend_wants_module (EonayReader *reader);

/** Returns: whether the module at @path, which has the card, is the way to it */
gboolean eonay_reader_backend_is_module (EonayReader *reader, const char *path);

/**
 * eonay_reader_backend_find: the PC/SC reader that a module's slot is, by its name; by the card's
 *   certificates if several could be meant, or none, of those whose cards want a module
 *
 * Returns: (transfer none) (nullable): one of @readers (element-type EonayReader)
 */
EonayReader *eonay_reader_backend_find (GPtrArray *readers, const EonayPkcs11Slot *slot);

/** Returns: whether the token in @reader is one of the module at @path */
gboolean eonay_reader_backend_has_lent (EonayReader *reader, const char *path);

/**
 * eonay_reader_backend_is_shown:
 * @besides: (nullable): one that does not count
 *
 * Returns: whether one of @readers has the card in @slot, in a way that its keys can be used
 */
gboolean eonay_reader_backend_is_shown (GPtrArray *readers, EonayReader *besides,
                                        const EonayPkcs11Slot *slot);

/** Returns: whether one of @readers (element-type EonayReader) has a card that needs no module */
gboolean eonay_reader_backend_is_some_served (GPtrArray *readers);

/**
 * Returns: (transfer full): names of those of @readers (element-type EonayReader) whose cards
 *   modules need not touch, cut as CK_SLOT_INFO would cut them; none that could be another's
 */
char **eonay_reader_backend_list_served (GPtrArray *readers);

G_END_DECLS
