@rem The scripts of package.json begin with the shell word "exec", so that signals to npm reach the launcher; cmd has none.
@%*
