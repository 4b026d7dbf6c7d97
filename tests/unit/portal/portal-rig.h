#pragma once

#include "base/eonay-clock.h"
#include "portal/eonay-portal-private.h"
#include "practice/portal/eonay-practice-portal.h"
#include "support/test-issuer.h"

G_BEGIN_DECLS

/**
 * PortalRig: a practice portal over TLS, its client, and an issuer that it trusts, all on one
 * main loop and one clock that stands still: the wall shows 2026-06-01, boot time 1000 s.
 */
typedef struct {
  EonayClock clock;
  gint64 boottime;
  GDateTime *realtime;
  char *folder;
  TestIssuer *issuer;
  EonayPracticePortal *server;
  EonayPortal *portal;
} PortalRig;

PortalRig *portal_rig_new (void);
void portal_rig_free (PortalRig *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PortalRig, portal_rig_free)

/** A client of a practice profile; impatient: see portal-rig.c. @ca_file: (nullable) */
EonayPortal *portal_rig_new_client (PortalRig *self, const char *base_url, const char *ca_file);

/** Returns: (transfer full): a code; @fault: (nullable) */
char *portal_rig_create (PortalRig *self, const char *operation, const char *fault);

/** Waits for the answer. */
EonayTransaction *portal_rig_resolve (EonayPortal *portal, const char *code, GError **error);
EonayPortalReceipt *portal_rig_submit (EonayPortal *portal, EonayTransaction *transaction,
                                       GPtrArray *signatures, GError **error);
gboolean portal_rig_decline (EonayPortal *portal, EonayTransaction *transaction, GError **error);

/** Creates and resolves. */
EonayTransaction *portal_rig_begin (PortalRig *self, const char *fault);

/** A real CAdES signature of the transaction's only document, by a certificate like @wish. */
GPtrArray *portal_rig_sign (PortalRig *self, EonayTransaction *transaction, const TestWish *wish);

/** One that is no signature. */
GPtrArray *portal_rig_forge (void);

/** Keeps the result of an asynchronous call in the GAsyncResult pointer @user_data. */
void portal_rig_keep_result (GObject *source, GAsyncResult *result, gpointer user_data);

/** Returns: (transfer full): *@result, once it is there */
GAsyncResult *portal_rig_wait (GAsyncResult **result);

G_END_DECLS
