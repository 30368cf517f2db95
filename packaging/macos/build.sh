#!/bin/sh
# On a Mac, after "npm run package -- --only archive": Touchstone.app and an installer of it. Signing and notarisation need the releaser's own
# identity: set SIGN_IDENTITY to sign.
set -eu
cd "$(dirname "$0")/../.."
version=$(dist/touchstone/node/bin/node -p "require('./package.json').version")
app=dist/Touchstone.app
rm -rf "$app"
mkdir -p "$app/Contents/MacOS" "$app/Contents/Resources"
sed "s/@VERSION@/$version/g" packaging/macos/Info.plist > "$app/Contents/Info.plist"
cp -R dist/touchstone "$app/Contents/Resources/touchstone"
cat > "$app/Contents/MacOS/open-touchstone" <<'LAUNCHER'
#!/bin/sh
exec "$(dirname "$0")/../Resources/touchstone/bin/touchstone" open --start
LAUNCHER
chmod 755 "$app/Contents/MacOS/open-touchstone"
if [ -n "${SIGN_IDENTITY:-}" ]; then
  codesign --force --deep --options runtime --sign "$SIGN_IDENTITY" "$app"
fi
pkgbuild --component "$app" --install-location /Applications --version "$version" "dist/touchstone-$version-darwin.pkg"
