# What bench/run-guest and bench/run-guest-disk have in common; not a command of its own: $home, $guest (a folder to keep things in) and $JAVA_HOME
# are the caller's.

# Installs what is missing.  PROGRAM:PACKAGE...
need_tools() {
    local missing=() tool
    PATH=$PATH:/usr/sbin:/sbin
    for tool in "$@"; do
        command -v "${tool%:*}" >/dev/null || missing+=("${tool#*:}")
    done
    [ ${#missing[@]} = 0 ] || apt-get install -y -qq --no-install-recommends "${missing[@]}" >&2
}

# Debian's kernel for clouds with its modules, and busybox, unpacked in $guest/packages; the kernel, uncompressed, in $guest/vmlinux.
linux_kernel() {
    local packages=$guest/packages kernel package
    kernel=$(apt-cache depends linux-image-cloud-amd64 | sed -n 's/^ *Depends: \(linux-image-.*\)$/\1/p' | head -n 1)
    local image=$packages/boot/vmlinuz-${kernel#linux-image-}
    if [ ! -e "$image" ]; then
        rm -rf "$packages" && mkdir -p "$packages"
        (cd "$packages" && apt-get -o APT::Sandbox::User=root download "$kernel" busybox-static) >&2
        for package in "$packages"/*.deb; do
            dpkg-deb -x "$package" "$packages"
        done
    fi
    # QEMU enters the uncompressed kernel directly. Where it lies in the file: Linux, Documentation/arch/x86/boot.rst.
    number() { od -An -v -t "u$2" -j "$1" -N "$2" "$image" | tr -d ' '; }
    dd if="$image" bs=1M iflag=skip_bytes,count_bytes status=none \
        skip=$((($(number 497 1) + 1) * 512 + $(number 584 4))) count=$(($(number 588 4) - 4)) | lz4 -dcq >"$guest/vmlinux"
}

# A JVM in $root, with the libraries it needs: what a user would have to make for the fastest start.  MODULES
linux_root() {
    root=$guest/root
    rm -rf "$root" && mkdir -p "$root"/{data,dev,proc,tmp,root}
    "$JAVA_HOME/bin/jlink" --add-modules "$1" --strip-debug --no-header-files --no-man-pages --compress zip-0 --output "$root/jre"
    rm -rf "$root/jre/legal"
    ldd "$root"/jre/bin/java "$root"/jre/lib/*.so "$root"/jre/lib/server/*.so | awk '/=> \/lib/ { print $3 } $1 ~ /^\/lib64/ { print $1 }' | sort -u \
        | while read -r library; do install -D "$library" "$root$library"; done
}

# Options for the run that trains the AOT cache: on this processor, used on the translated one, with the guest's options, since the code in the
# cache must not need more than that has.
aot_training() { echo "-XX:AOTCacheOutput=$root/app.aot -XX:+UseSerialGC -XX:UseAVX=0"; }

# Makes $guest/NAME.ext4 of $root, when its cache is there.  NAME SIZE LOG-OF-THE-TRAINING
linux_disk() {
    [ -s "$root/app.aot" ] || { cat "$3" >&2; exit 1; }
    rm -f "$guest/$1.ext4"
    mke2fs -q -t ext4 -m 0 -d "$root" "$guest/$1.ext4" "$2"
}
