package dev.ristretto.systemtests;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.Key;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.Base64;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * A certificate authority that nobody trusts who is not told to, and servers' keys that it vouches for. Each was made with
 * {@code keytool -genkeypair -alias NAME -keyalg EC -groupname secp256r1 -startdate 2026/01/01 -validity 36500 -storetype PKCS12
 * -storepass changeit} and
 *
 * <ul>
 * <li>{@code ca}: {@code -dname "CN=Test authority" -ext bc:c}
 * <li>{@code good}: {@code -signer ca -dname CN=localhost -ext san=dns:localhost,ip:127.0.0.1,ip:10.0.2.2}
 * <li>{@code otherName}: {@code -signer ca -dname CN=example.org -ext san=dns:example.org}
 * <li>{@code expired}: as {@code good}, {@code -validity 1}
 * </ul>
 */
final class TestAuthority {
    /** Of each key store made here. */
    static final String PASSWORD = "changeit";

    private static final String STORE = """
            MIISdQIBAzCCEh8GCSqGSIb3DQEHAaCCEhAEghIMMIISCDCCBF8GCSqGSIb3DQEHAaCCBFAEggRMMIIESDCCAQcGCyqGSIb3DQEMCgECoIG9MIG6MGYGCS
            qGSIb3DQEFDTBZMDgGCSqGSIb3DQEFDDArBBQLdr/VEmuHj+Ej2Kj59JsBPGBBUAICJxACASAwDAYIKoZIhvcNAgkFADAdBglghkgBZQMEASoEEMlrsx4M
            1RYz5i2XOwIRIkQEUIgGhjPtrp22No+rHvQbS4mTshNrUQzPwkvOkHKuLN2fA+UUee6khtTeBaOXOc8yDG8/Df/qvmTEfZ3vljg0Kdfsxp7LibsI/5MbH/
            6bZm+mMTgwEwYJKoZIhvcNAQkUMQYeBABjAGEwIQYJKoZIhvcNAQkVMRQEElRpbWUgMTc5NTgzNjExNDU2MDCCAQsGCyqGSIb3DQEMCgECoIG9MIG6MGYG
            CSqGSIb3DQEFDTBZMDgGCSqGSIb3DQEFDDArBBSsZRvqI9vv6pmwQ5LLtJoVKFdhLwICJxACASAwDAYIKoZIhvcNAgkFADAdBglghkgBZQMEASoEEMFEZi
            +OZPwkNxm0EuF9ovEEUC/gy8bl/RQdK8uGxEYJEh7JVZvX29UPkSi+ZjGyo0hRe0+Q+mT+4TP0pe5otCqWVY5N2m/g+vxPrYu3gNSGiz13GAp2s4x4wzLv
            0dkD/gd6MTwwFwYJKoZIhvcNAQkUMQoeCABnAG8AbwBkMCEGCSqGSIb3DQEJFTEUBBJUaW1lIDE3OTU4MzYxMTYxMzIwggEVBgsqhkiG9w0BDAoBAqCBvT
            CBujBmBgkqhkiG9w0BBQ0wWTA4BgkqhkiG9w0BBQwwKwQUs6BgoLOzC7BaYkuM72km/Z0RVZsCAicQAgEgMAwGCCqGSIb3DQIJBQAwHQYJYIZIAWUDBAEq
            BBBVKjlEvrIN/fMV05hMan4TBFB4YrhcXCEt6DzROqkZj5uo9mhn/n5inE85R+Y+5C9arXqHy5kEAgqkWaimSlvcwAyy79gb+Tril3uGsXnuCcxjHB9eCJ
            SYxfZqLYA5ydqeCzFGMCEGCSqGSIb3DQEJFDEUHhIAbwB0AGgAZQByAG4AYQBtAGUwIQYJKoZIhvcNAQkVMRQEElRpbWUgMTc5NTgzNjExNzM5MDCCAREG
            CyqGSIb3DQEMCgECoIG9MIG6MGYGCSqGSIb3DQEFDTBZMDgGCSqGSIb3DQEFDDArBBRY8Rrfpczq5xWY4hm3Dx4k3q5MRAICJxACASAwDAYIKoZIhvcNAg
            kFADAdBglghkgBZQMEASoEEAUk5L4k7eTpU6XVuryLlecEULGk3uEFhpzFaUSn3fH8xPXQfw7BCA22jFkiPLRUgaglvu/qoXWzEHhSChhR460Jow4dElFz
            4dABHDK71hnq8juj5SOhqGnsFNitqrIRYsrfMUIwHQYJKoZIhvcNAQkUMRAeDgBlAHgAcABpAHIAZQBkMCEGCSqGSIb3DQEJFTEUBBJUaW1lIDE3OTU4Mz
            YxMTg4NzEwgg2hBgkqhkiG9w0BBwaggg2SMIINjgIBADCCDYcGCSqGSIb3DQEHATBmBgkqhkiG9w0BBQ0wWTA4BgkqhkiG9w0BBQwwKwQUVJM87Tot+L9I
            jHL54iHbJb1Xc4cCAicQAgEgMAwGCCqGSIb3DQIJBQAwHQYJYIZIAWUDBAEqBBCcU32WP9Bhn1gThkghTJ6YgIINEOsybYiI0SNdQlc/ycmxOT0LxG7+1c
            qx7s1YRG/3PHn8+bpZdBDy4l/cvLmyD4b+He1DrqTNyrZpbH0u9+8xoAUke2KSnywIYgoHcxNJM8+a3TCsJQhipiXdUAnNnUU2i6OMESvL8DcvE/xaH+7s
            jegnEp6T1wZsLTroIkFTvGoMfpVH8buuecWi9fnWKZokbjjRgNSEn/m6CH7AHIqRT6iNdwbqd6d3MyYyalT+xxTW60m/HDusAePTOgFZWAe9+cWnnSzCBV
            IwSLq6+Ek799zefStTOeYkYKll+UBBEiFzlAV+e0UMrcTmqKAeiJAsc+98t8+eg1AG1UjMb9Ogd2XXgczCcZFyTOGlsdDRhFSB7VBkG50IvUbzaX7iaWSd
            1W164s3HN7K6xdB4sputOvLOljJvq6/yNO7MlYs+ga60lz1Xq0/Ef+pvIp5tpW0otdO1q4K32pE64WgulIv+MuX6neq9qUQH0eY0cJAZxOUvoAgkEucVEt
            xiDPDxoBJ78Hr95tPBJF/q9mcsZmOCJ934wiAJ81tGautydEDpvCNYUjiYMYgcpBEZQrDFkXbpbM8Yao46ggVNX6YhjobLv1u8OwH+XXMgl9Y5NJhOmCHJ
            fahxqNEzpNDi4xdyrEFaWFv9UtmYRb/F7tL8p1J2EGeqipzzocQjBC4Sbydm3XG87eb6J/RMv6Y1rGMFRHbY/Wo7/8hyur//zOWvRQ0crujP9/n8FrT+cc
            ZntOjxVHa1jHmZmp6D+aAfAdd2CYIq3YyN9FdL5rTiD3OdqZYuWa9CzQ82Yk/0lMXdhGZB7y4AhemRzJjVaoXEzVfnbpjLcBymtoRuTZKmCj5jr0IOKkzn
            0J97WhQuDR6JuKIWXSfkJntqpRrdOmbMS4nhDGZQpoTUsZcqyujAYXbUEdZZl1mDCsNN4PlvBj3OdlIDy6V15toL6sWFX3plPccSQ0h1Fez8rGPVgMFKbT
            maVb0KeNhl1nkzKpfW+tHnJ7xK8KaFJ9CLlec7am+LWg06KMHmNmxFETK+uLYYmzNO7yneX5oveSsX0j6dgclDrBIhb2iCfKRzZF77abVbx4C49RjBXqd3
            W/6nXzPEgttSvW+/YgKyGldKNAFjVKO9KAt7U9pf/0xEPIKPAgFUHE29g0qlePMy29BzFmSsIBgpLy2jjgfopFo9/5rXNpSZfJs4VRtbEzQ+3fv/9YaZYg
            oHgwkqfkAgO/hByp2jzSlOeW89DifqBuMbRdWWo8lpBBUDXE/oG+XyxyqpZiK8PMsWZqteIR7PiRZc96bL6XU0Hn0+FwTV3OBlikFZmdTb3yXCCc+pWs88
            AE7j7DmWSWdWX+DvlxpgAbrzyd9CjipBUCef2FHRWFJ1t3JBahP3wIy3sSJp72EfLdT2CQKb74q+nVGETcfcisMi9jTEI5tZyhIa1U1W7+V9gkjnqF9BBp
            3Hok4h6pPk4N0ums9BfzCNsNIY6eQXMXiSV23BFM8QS+6xFMq2CtRhLIoch3dsQz9j8GcXKvIiFrGWSCrOwp9iZTGGG3IzR8WnZ1S8MqMW7CzeFpP8IZem
            GEaVP1ixGgQCTD5QtiIJnWXz5FFSoeUBWTEImDa4r3LPaeAFVc9pZ6+l7nvZ++sFMe6YJCln9QjhhcvMuGCafskRJcEp2jNzlxEtV1QTAfkoz/ams/gWyU
            AJXtlXS+rP5kcO3TqXZvM57gX8mlMLPstfw10Dtn9bwrOD2J43QGXMHo9g1q894Y/BAXYAOWlht4wNO83Qi4z1NpJcnSkreYj3uuRHuCn9+xP9YIAxp1Cu
            6AICbn87OShbSHdN+pOd3PzC4XEn6DS7Q6O/zXPTUtS+V3b+3NL/MFMBHOYy3dwRBq2RKzQB/oaMSTxPlxyXwLkulVXnegsdLeo7VzByWoLQCRMzIW8TGz
            VwxicyxXowSg7rJc28wjanJBoBVE7d42I6Lf8ohJqFfwShLYI2Kzizq3wVE5c9FXpFJbyvmYJONZjOvnJu4uauZo8NzYrp/kV+O/r4rWV22qBwRPmGTvio
            T7MjmWaKG/yJ52OhHOX5QUlb97xxqn57bVBaQmN1bnQDEKtWWotzbJ2s4AdEAOFFr5nHZfxR1SCUEvpXMNDVjq6ktL7p3oGxiv0LrAfEyGmK6wzSq8U/1d
            WzUjDHTSrit4CL6dMkXnD7cB1vvkptp66l/3VIJjt4Muj/pVeP26mpDaLruFQpwZ7HQG6AqnfODtE8gzudvHR7AILXB/XRFAYYL7mscBLQc9CwmibtC/Aa
            eVFFndyXN2hb9rRYSQtz3ZqE6NX768Fly1UxjC014DEbiW6VGt6RzsTk4Fk5qXs9wkyOgv3dBvwKeQXyMx5b/g37r3R88QzXivk+EvsP/3oL4tmNm+tP3+
            buFQIM8MLKkJPkBUVPWJUMw0F0GA7dXdBNf2qQBURkxLtLVtEnSAN5PNaLy7zLH3812h5dMjIBhG+XTK3rqUNTCP2gYapnG2+RIf96PHqdFQXM7Ojgtg7z
            6+HWHw/gqRbaQTRt4iZ8ReynUX8tUBZ02BFr7bg0jaGsOIr0KcgeGRfl0/weZ9rK36N3TMg05g19x+fsY1MUwQLIpmpV1DWTlOu6Zh490DEPper45AyDa2
            CruqJMKO4B+HTfmKPjqndaAp3uJn6XrQlFEH+b9OADjL7/8jF7kKkyBp46Ciy/4PwCRHRhFvnzAhCVYdDm2K6qLflJ3Ht2Rfj5hsKTtBBFkWryDKO2Fb1H
            Lf9lcVKelYlxMVa1GwUOTvprZEGpBsYF5R+K/v8Dkd537Huo5R3sM96hC/wWRACm97nqlA/qMbB/NgJV61oIyerI0lEvsiLcF8+4sOMQyT7n/NQdnRErPl
            wRIMayybnCQcr6P3R3KKJu6QECMiEvxhMImguXMETy4rj7HPmdHDkiUhfg1lei0vfc6ZHVDh8Me+j9wKB6mCl5tiDHocE+8YpxSIV0FFmZ6Gaos8fAgQrE
            IQnZjGREJHp1UaS1UsRw++yw/9c7XQYVDlfmR33B/5L+he5QJphNxNQrzr2OIfU9Q+7yrAwXCvBYFkmC+OFa/Jx+O8/1uf46PuQHSamtNEpUEkzXM8MLkK
            /ppoDvKwV7GcJvpEw/+KaR873/6hjJNRSWfJLBVUt/fc2+873eBWgHSnVRaJbP9MKXp25NMHyx3qKvDP7QZ3WhSLXKQ8QsWNE36Kdmraeqwww6JIpYQXW6
            DBBYfvYBtJpwDa6dKwK3LVfEz0qIujzGhpCkb2BJjukXT2gVzM7vfHyfQLm37/OzNCwSi2MG75zbo5PniU6v/YnB1eEL4qSN3MDhiPuoaa6WNIzlnFtYa9
            Dvio9ZLMx3kSOYnOmsMwiX4Uzf6dvEY2juMjGhdPuprJJqw3kTWigj2OVi40+c/L3edKKbxs7nM7w8Q06trnhU9W+n1dVXKN3rI4Y3yEx6+n8nTVUuN3cA
            w7e8P5klnVZIoLoIALL3ElLhbTjR3IEljW0E+DFqds0aNqnkqoDSEPed9YlAgdNq4gCoVacNuYcebexBgeuO6w/Yy4BouPb7u1ODGBrTx7Poe96NRcpAuD
            vQ7edOLyTvLgiWHKuhmrSvDfImb1T6AyxAIVWTm0yynxv6hVoiV+Z0iD8VaWds+TcRw8exkBlw11Ty6HzkdBJ1mTyw9UBmLYZD0UHFojMlnzO1IYsy+qSF
            bJ0bcqJk38tYc97JqcHpRJ/J0gFQCL47PqGs/AYOfHrMGP6IkTrQ3Hir3P86swzAJ/7nnWNVGnu7VQIz0JvfWSL5D7s2UQC8DDgRHub5HSsHnPsGrWqyQ9
            JI0+EqGNiX87dQTBr/xy/EPzdyHMv9Ma6ylJRapbHWEcNByb0qsh6uYY0xSVwTCjJNcYE04cXCsFbkNhsZw4SdfuviCUD1/twT1J1Iw91fyNpq5BPPjI3u
            vF835GAP6BboL+h6F6TzgfwGRqwKmzj11iRj8Q18qV8FtD0gjpm2RckKOI2u+8EqtW0JC90hPxKkFvfNr1RESudjtUicKlf9u9BnQI7QfRB/fYFGn6JgxH
            sqf4fuxPLM4d2AggDzCUQa6GV+ql2Ca4kQvQu+0heCR3Grao7LQrMaxCNU7O03GSglIYcIS8m/UTFnvDFs+W/K01kDAVO5wdLGz8huIyZURv9JoOzYETFz
            hSllDMt/MWpmNGq6CUV78hhshVKx+wt5YqI0bgUWifUPqZGopbuyAmaus7NqmShOhx3Hixh9wEv0sdaLYaVf99twWOJeGli6GubLiqKAMrLSMq7xWY2287
            jkHKUydCNH22NX5M5cDvqcJGSvtlB1NZk7D/sAqd+NBekR7iw5oylUM/mfqnINtLV0B0bGh+QYmGIk/sATvfw9eD2YFb+31b4nE/v2FkQV50XIsJHr3vQC
            Mdi4jN0WODZcX2kbtjENNyo4wkiKGQpWgHgjZPaeILIsyJrw3wkNeK/NEAiU723xME0wMTANBglghkgBZQMEAgEFAAQgVsfGbyOY+hhKAhvC373EUb0ji0
            FZDAlZguu69TFlNp4EFP8/Y4F/JI5CiuH/yfYhg4fz7hHWAgInEA==
            """;

    private TestAuthority() {
    }

    private static KeyStore store() throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(new ByteArrayInputStream(Base64.getMimeDecoder().decode(STORE)), PASSWORD.toCharArray());
        return store;
    }

    private static KeyStore storeOf(String name) throws Exception {
        KeyStore all = store();
        Key key = all.getKey(name, PASSWORD.toCharArray());
        KeyStore one = KeyStore.getInstance("PKCS12");
        one.load(null, null);
        one.setKeyEntry(name, key, PASSWORD.toCharArray(), all.getCertificateChain(name));
        return one;
    }

    /** A PKCS12 file with one server's key, in Base64. */
    static String keyStore(String name) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        storeOf(name).store(out, PASSWORD.toCharArray());
        return Base64.getEncoder().encodeToString(out.toByteArray());
    }

    /** The authority's own certificate as a PEM file. */
    static byte[] certificate() throws Exception {
        Certificate certificate = store().getCertificate("ca");
        return ("-----BEGIN CERTIFICATE-----\n" + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(certificate.getEncoded())
                + "\n-----END CERTIFICATE-----\n").getBytes(StandardCharsets.US_ASCII);
    }

    /** What a server on this host identifies itself with. */
    static SSLContext server(String name) throws Exception {
        KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
        keys.init(storeOf(name), PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }

    /** For a client that trusts this authority and no other. */
    static SSLContext client() throws Exception {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("ca", store().getCertificate("ca"));
        TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }
}
