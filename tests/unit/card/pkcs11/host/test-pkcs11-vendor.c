#include "card/pkcs11/host/eonay-pkcs11-host-vendor.h"

typedef struct {
  const char *name;
  EonayPkcs11HostVendor vendor;
  gboolean takes_puk;
} Row;

static const Row rows[] = {
  { "softhsm", { "SoftHSM", "Implementation of PKCS11", "SoftHSM project", "SoftHSM v2" }, TRUE },
  { "akis", { "TUBITAK BILGEM", "AKIS PKCS11", "TUBITAK", "AKIS" }, TRUE },
  { "akis-composed", { "T\u00dcB\u0130TAK", "AK\u0130S", "T\u00dcB\u0130TAK", "AK\u0130S" }, TRUE },
  { "akis-apart", { "TU\u0308BI\u0307TAK", "AKI\u0307S", "TU\u0308BI\u0307TAK", "" }, TRUE },
  { "akis-small", { "tübitak", "akıllı kart", "tübitak bilgem", "" }, TRUE },
  { "opensc",
    { "OpenSC Project", "OpenSC smartcard framework", "Aventra Ltd.", "PKCS#15" },
    FALSE },
  { "opensc-akis",
    { "OpenSC Project", "OpenSC smartcard framework", "TUBITAK UEKAE", "PKCS#15" },
    FALSE },
  { "akis-other-token", { "TUBITAK", "AKIS", "Somebody else", "Card" }, FALSE },
  { "national-id", { "TUBITAK BILGEM", "TCKK PKCS11", "TUBITAK BILGEM", "TCKK" }, FALSE },
  { "nothing", { "", "", "", "" }, FALSE },
};

static void
test_row (gconstpointer user_data)
{
  const Row *row = user_data;

  g_assert_cmpint (eonay_pkcs11_host_vendor_takes_puk (&row->vendor), ==, row->takes_puk);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = g_strconcat ("/card/pkcs11-vendor/", rows[i].name, NULL);

      g_test_add_data_func (path, &rows[i], test_row);
    }

  return g_test_run ();
}
