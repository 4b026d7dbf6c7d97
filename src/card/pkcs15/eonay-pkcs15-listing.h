#pragma once

#include "card/driver/eonay-card-cache.h"
#include "card/driver/eonay-card-files.h"
#include "card/pkcs15/eonay-pkcs15-application.h"

G_BEGIN_DECLS

/**
 * EonayPkcs15Listing: one reading of a card. A plain value; worker thread, within a transaction.
 *
 * @atr, @cache: borrowed; @cache: (nullable)
 * @application: the one that was tried last
 * @objects: what its directories say
 * @has_token_info: whether @objects has what TokenInfo says
 * @recalled: whether @files took what it has kept from the cache
 */
typedef struct {
  EonayCardFiles files;
  EonayApduForm form;
  GBytes *atr;
  EonayCardCache *cache;
  EonayPkcs15Application application;
  EonayPkcs15Objects *objects;
  gboolean has_token_info;
  gboolean recalled;
} EonayPkcs15Listing;

void eonay_pkcs15_listing_init (EonayPkcs15Listing *self, EonayTransport *transport, GBytes *atr,
                                EonayCardCache *cache);
void eonay_pkcs15_listing_clear (EonayPkcs15Listing *self);

/** Looks into EF.ATR whether a card whose answer to reset does not say so takes long commands. */
gboolean eonay_pkcs15_listing_learn_form (EonayPkcs15Listing *self, GError **error);

/**
 * eonay_pkcs15_listing_try: selects an application and reads its directories
 * @found: (out): whether it is there; that it is not is no error
 */
gboolean eonay_pkcs15_listing_try (EonayPkcs15Listing *self,
                                   const EonayPkcs15Application *application, gboolean *found,
                                   GError **error);

/**
 * eonay_pkcs15_listing_read_certificate: one of those that the directories name
 * @der: (out) (nullable) (transfer full): %NULL when it cannot be read, which must not hide others
 */
gboolean eonay_pkcs15_listing_read_certificate (EonayPkcs15Listing *self,
                                                const EonayPkcs15Certificate *entry, GBytes **der,
                                                GError **error);

/**
 * eonay_pkcs15_listing_read_token_info: adds what TokenInfo says, if there is one
 * @files: with the application selected
 */
gboolean eonay_pkcs15_listing_read_token_info (EonayCardFiles *files, const EonayPkcs15Facts *facts,
                                               EonayPkcs15Objects *objects, GError **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (EonayPkcs15Listing, eonay_pkcs15_listing_clear)

G_END_DECLS
