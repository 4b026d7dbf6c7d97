import com.itextpdf.text.Rectangle;
import com.itextpdf.text.pdf.PdfReader;
import com.itextpdf.text.pdf.PdfSignatureAppearance;
import com.itextpdf.text.pdf.PdfStamper;
import com.itextpdf.text.pdf.security.BouncyCastleDigest;
import com.itextpdf.text.pdf.security.MakeSignature;
import com.itextpdf.text.pdf.security.PrivateKeySignature;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Security;
import org.bouncycastle.jce.provider.BouncyCastleProvider;

/** Signs a PDF as another program does, visibly on its first page. Usage: KEYSTORE PASSWORD SOURCE TARGET */
public class PdfOtherSigner {
  public static void main(String[] words) throws Exception {
    Security.addProvider(new BouncyCastleProvider());
    KeyStore store = KeyStore.getInstance("PKCS12");
    char[] password = words[1].toCharArray();

    store.load(new FileInputStream(words[0]), password);
    String alias = store.aliases().nextElement();
    PrivateKey key = (PrivateKey) store.getKey(alias, password);
    PdfStamper stamper = PdfStamper.createSignature(new PdfReader(words[2]), new FileOutputStream(words[3]), '\0');
    PdfSignatureAppearance appearance = stamper.getSignatureAppearance();

    appearance.setReason("Another program");
    appearance.setVisibleSignature(new Rectangle(72, 72, 272, 144), 1, "Other");
    MakeSignature.signDetached(appearance, new BouncyCastleDigest(),
                               new PrivateKeySignature(key, "SHA-256", BouncyCastleProvider.PROVIDER_NAME),
                               store.getCertificateChain(alias), null, null, null, 0,
                               MakeSignature.CryptoStandard.CADES);
  }
}
